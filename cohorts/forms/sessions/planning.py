"""Generating a year of sessions, and moving one."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import AgendaRules, LearningSession, ProgramYear, School
from cohorts.services.sessions.years import MOST_SESSIONS, Wish

Length = ProgramYear.SessionLength
# A full day has its midday meal inside it.
TAKES = {
    Length.HALF_DAY: datetime.timedelta(hours=3),
    Length.FULL_DAY: datetime.timedelta(hours=6, minutes=30),
}
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PlanYearForm(forms.Form):
    count = forms.IntegerField(label=_("How many sessions?"), min_value=1, max_value=MOST_SESSIONS, initial=6)
    interval = forms.IntegerField(
        label=_("Days between two sessions"),
        min_value=7,
        max_value=120,
        initial=35,
        help_text=_("Four to six weeks (28 to 42 days) give time to try something and not to forget it."),
    )
    length = forms.ChoiceField(label=_("Each takes"), choices=Length.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(label=_("On which weekday?"), choices=WEEKDAYS, coerce=int, initial=3)
    starts = forms.TimeField(
        label=_("They begin at"),
        widget=time_input(),
        initial=datetime.time(9),
        help_text=_("Half a day is three hours, a full day six and a half. Each can be changed afterwards."),
    )
    first = forms.DateField(
        label=_("Not before"),
        widget=day_input(),
        help_text=_("The first session falls on or soon after this day."),
    )

    def __init__(self, *args: Any, year: ProgramYear, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"length": year.session_length, "first": year.starts_on})
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_first(self) -> datetime.date:
        day = self.cleaned_data["first"]
        if not self.year.starts_on <= day <= self.year.ends_on:
            raise forms.ValidationError(_("Choose a day inside the program year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, takes = data.get("starts"), TAKES.get(data.get("length", ""))
        if starts and takes:
            ends = datetime.datetime.combine(datetime.date.min, starts) + takes
            if ends.date() != datetime.date.min:
                self.add_error("starts", _("So late in the day a session would end after midnight."))
            data["ends"] = ends.time()
        return data

    def wish(self) -> Wish:
        data = self.cleaned_data
        names = ("count", "interval", "weekday", "starts", "ends", "first")
        return Wish(**{name: data[name] for name in names})


class MoveForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=day_input())
    starts = forms.TimeField(label=_("Begins"), widget=time_input())
    ends = forms.TimeField(label=_("Ends"), widget=time_input())
    host = forms.ModelChoiceField(
        label=_("Host school"), queryset=School.objects.none(), required=False, empty_label=_("No school")
    )
    place = forms.CharField(label=_("Room or address"), max_length=160, required=False)

    def __init__(self, *args: Any, session: LearningSession, **kwargs: Any) -> None:
        self.zone = ZoneInfo(session.zone)
        starts, ends = (each.astimezone(self.zone) for each in (session.starts_at, session.ends_at))
        kwargs["initial"] = {
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "host": session.host_id,
            "place": session.place,
        }
        super().__init__(*args, **kwargs)
        district = session.program_year.cohort.district
        self.fields["host"].queryset = School.objects.filter(district=district, is_active=True).order_by(
            "name"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The session must end after it starts."))
        return data

    def change(self) -> dict[str, Any]:
        """As move_session takes it."""
        data = self.cleaned_data
        at = {
            f"{name}_at": datetime.datetime.combine(data["day"], data[name], tzinfo=self.zone)
            for name in ("starts", "ends")
        }
        return {**at, "host": data["host"], "place": data["place"]}


class RulesForm(forms.ModelForm):
    class Meta:
        model = AgendaRules
        fields = (
            "operations_minutes",
            "operations_percent",
            "protocols_half_day",
            "protocols_full_day",
            "group_least",
            "group_most",
            "presenter_percent",
            "interval_least",
            "interval_most",
        )
