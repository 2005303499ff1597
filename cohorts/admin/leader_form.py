"""A leader and the person who signs in, on one form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.admin.forms import OneDistrictForm
from cohorts.models import Leader
from cohorts.services.leaders import is_ours_alone
from leaderdev.accounts.managers import normal_email


class LeaderForm(OneDistrictForm):
    name = forms.CharField(label=_("full name"), max_length=150)
    email = forms.EmailField(
        label=_("e-mail address"),
        max_length=254,
        help_text=_(
            "The work address. If the person is known here already, the two are joined by themselves."
        ),
    )

    class Meta:
        model = Leader
        fields = ["district", "employee_number", "leads_since", "is_active", "manages_program", "source_id"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self._show_the_person()

    def _show_the_person(self) -> None:
        person = self.instance.user
        self.initial |= {"name": person.name, "email": person.email}
        if "email" in self.fields:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "Shown for reference. The person changes it in the own profile; a roster import corrects it."
            )
        if "name" in self.fields and not is_ours_alone(self.instance):
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _("The person changes the name in the own profile.")

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        district, email = self.cleaned_data.get("district"), self.cleaned_data.get("email")
        if not self.instance.pk and district and email:
            there = Leader.objects.filter(district=district, user__email=email)
            if there.exists():
                self.add_error("email", _("This person is on the district’s roll already."))
        return cleaned
