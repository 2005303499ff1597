"""Forms of the page on which people are added to a cohort."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models import Appointment, Cohort, Leader, Membership, School
from leaderdev.accounts.managers import normal_email

_BETWEEN_ADDRESSES = re.compile(r"[\s,;<>]+")


class RollFilterForm(forms.Form):
    """Which part of the roll is shown to tick."""

    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.none(), required=False, empty_label=_("every school")
    )
    post = forms.ChoiceField(
        label=_("Role in the district"),
        required=False,
        choices=[("", _("every role")), *Appointment.Role.choices],
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["school"].queryset = School.objects.in_district(cohort.district).active()

    def leaders(self) -> QuerySet:
        """Active people of the district's roll, narrowed by what was asked for."""
        found = Leader.objects.in_district(self.cohort.district).active().with_post()
        if not self.is_valid():
            return found
        posts = Appointment.objects.current()
        if self.cleaned_data["school"]:
            posts = posts.filter(school=self.cleaned_data["school"])
        if self.cleaned_data["post"]:
            posts = posts.filter(role_kind=self.cleaned_data["post"])
        narrowed = self.cleaned_data["school"] or self.cleaned_data["post"]
        return found.filter(pk__in=posts.values("leader")) if narrowed else found


class LeaderBoxes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Leader) -> str:
        return f"{obj}, {obj.current_post}" if obj.current_post else str(obj)


class AddMembersForm(forms.Form):
    role = forms.ChoiceField(label=_("They join as"), choices=Membership.Role.choices)
    joined_on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("First day of the membership; as a rule the first day of the program year."),
    )
    everyone = forms.BooleanField(
        label=_("Everybody in the list below"),
        required=False,
        help_text=_("Narrow the list above first, if not everybody joins."),
    )
    leaders = LeaderBoxes(label=_("People on the roll"), queryset=Leader.objects.none(), required=False)
    emails = forms.CharField(
        label=_("Or paste e-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, or separated by commas, as copied from a mail or a spreadsheet."),
    )

    def __init__(self, *args: Any, cohort: Cohort, shown: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.by_email: list[Leader] = []
        self.fields["leaders"].queryset = shown
        self.initial.setdefault("joined_on", _first_day(cohort))

    def clean_emails(self) -> str:
        typed = [
            normal_email(part)
            for part in _BETWEEN_ADDRESSES.split(self.cleaned_data["emails"])
            if "@" in part
        ]
        roll = Leader.objects.in_district(self.cohort.district).active().filter(user__email__in=typed)
        self.by_email = list(roll.select_related("user"))
        missing = sorted(set(typed) - {leader.user.email for leader in self.by_email})
        if missing:
            raise forms.ValidationError(
                _("Not on the roll of this district: %(emails)s. Import or add these people first."),
                params={"emails": ", ".join(missing)},
            )
        return self.cleaned_data["emails"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.chosen():
            raise forms.ValidationError(_("Tick at least one name, or paste at least one address."))
        return cleaned

    def chosen(self) -> list[Leader]:
        """Everyone ticked or pasted, each once."""
        everyone = self.cleaned_data.get("everyone")
        ticked = self.fields["leaders"].queryset if everyone else self.cleaned_data.get("leaders") or []
        return list({leader.pk: leader for leader in [*ticked, *self.by_email]}.values())


def _first_day(cohort: Cohort) -> Any:
    """The first day of the year being set up or running; else today."""
    year = cohort.years.exclude(state="closed").order_by("starts_on").first()
    return year.starts_on if year else timezone.localdate()
