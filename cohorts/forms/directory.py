"""Narrowing the directory of members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Appointment, Cohort, Leader, Membership, ProgramYear, School, StandardNode


class DirectoryFilter(forms.Form):
    """All optional; a value that does not exist is ignored with its error shown at the field."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    post = forms.ChoiceField(
        label=_("Post"), required=False, choices=[("", _("All posts")), *Appointment.Role.choices]
    )
    part = forms.ChoiceField(
        label=_("Part in the cohort"),
        required=False,
        choices=[("", _("All parts")), *Membership.Role.choices],
    )
    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.none(), required=False, empty_label=_("All schools")
    )
    focus = forms.ModelChoiceField(
        label=_("Focus competency"),
        queryset=StandardNode.objects.none(),
        required=False,
        empty_label=_("All competencies"),
    )

    def __init__(self, *args: Any, cohort: Cohort, year: ProgramYear | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort, self.year = cohort, year
        self.fields["school"].queryset = cohort.district.schools.active()
        if year is None:
            del self.fields["focus"]
        else:
            self.fields["focus"].queryset = StandardNode.objects.filter(offers__program_year=year)

    def narrow(self, leaders):
        """The leaders that match everything asked for."""
        if not self.is_valid():
            return leaders
        asked = self.cleaned_data
        if asked["name"]:
            words = Q(user__name__icontains=asked["name"]) | Q(user__preferred_name__icontains=asked["name"])
            leaders = leaders.filter(words)
        posts = Appointment.objects.current()
        if asked["post"]:
            leaders = leaders.filter(pk__in=posts.filter(role_kind=asked["post"]).values("leader_id"))
        if asked["school"]:
            leaders = leaders.filter(pk__in=posts.filter(school=asked["school"]).values("leader_id"))
        if asked["part"]:
            holding = Membership.objects.current().filter(cohort=self.cohort, role=asked["part"])
            leaders = leaders.filter(pk__in=holding.values("leader_id"))
        if asked.get("focus"):
            leaders = leaders.filter(pk__in=self._with_focus(asked["focus"]))
        return leaders

    def _with_focus(self, competency: StandardNode):
        chosen = Leader.objects.filter(
            memberships__selections__program_year=self.year,
            memberships__selections__superseded_at=None,
            memberships__selections__competency=competency,
        )
        return chosen.values("pk")

    @property
    def asks_something(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())
