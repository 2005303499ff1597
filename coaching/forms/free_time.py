"""The week as a grid of times, and exceptions from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from coaching.availability import DAY_MINUTES, WeeklyHours

# Mornings and afternoons; who has more gets one line more than she uses.
STRETCHES = 2
_NOT_A_TIME = _("Type a time such as 9:30.")


def as_time(minutes: int) -> datetime.time:
    """Minutes after midnight as a clock shows them; the end of the day is written 0:00."""
    return datetime.time(minutes % DAY_MINUTES // 60, minutes % 60)


def as_minutes(value: datetime.time) -> int:
    return value.hour * 60 + value.minute


def as_end(value: datetime.time) -> int:
    return as_minutes(value) or DAY_MINUTES


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", attrs={"step": 300, **kwargs.pop("attrs", {})}, **kwargs)


class WeekForm(forms.Form):
    """Fields are named from_0_0 and until_0_0: weekday (0 is Monday), then which stretch of the day."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, hours: Iterable[WeeklyHours] = ()) -> None:
        known = list(hours)
        super().__init__(data, initial=_initial(known))
        per_day = [sum(1 for hour in known if hour.weekday == day) for day in range(7)]
        self.stretches = max(STRETCHES, *(count + (count >= STRETCHES) for count in per_day))
        for day in range(7):
            for stretch in range(self.stretches):
                self._add(day, stretch)

    def _add(self, day: int, stretch: int) -> None:
        names = {"day": WEEKDAYS[day], "number": stretch + 1}
        labels = {
            "from": now("%(day)s, free time %(number)d: from") % names,
            "until": now("%(day)s, free time %(number)d: until") % names,
        }
        for which, label in labels.items():
            self.fields[f"{which}_{day}_{stretch}"] = forms.TimeField(
                label=label,
                required=False,
                widget=ClockInput(),
                error_messages={"invalid": _NOT_A_TIME},
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """For the grid: each weekday with its pairs of fields."""
        for day in range(7):
            pairs = [(self[f"from_{day}_{n}"], self[f"until_{day}_{n}"]) for n in range(self.stretches)]
            yield {"day": WEEKDAYS[day], "pairs": pairs}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for day in range(7):
            for stretch in range(self.stretches):
                start, end = values.get(f"from_{day}_{stretch}"), values.get(f"until_{day}_{stretch}")
                if start is not None and end is None and f"until_{day}_{stretch}" not in self.errors:
                    self.add_error(f"until_{day}_{stretch}", _("Say until when."))
                elif end is not None and start is None and f"from_{day}_{stretch}" not in self.errors:
                    self.add_error(f"from_{day}_{stretch}", _("Say from when."))
                elif start is not None and end is not None and as_minutes(start) >= as_end(end):
                    self.add_error(f"until_{day}_{stretch}", _("The end must come after the beginning."))
        return values

    def hours(self) -> list[WeeklyHours]:
        values = self.cleaned_data
        return [
            WeeklyHours(day, as_minutes(start), as_end(values[f"until_{day}_{stretch}"]))
            for day in range(7)
            for stretch in range(self.stretches)
            if (start := values[f"from_{day}_{stretch}"]) is not None
        ]


class ExceptionForm(forms.Form):
    is_free = forms.TypedChoiceField(
        label=_("On these days I am"),
        choices=[("no", _("not free")), ("yes", _("free, besides my usual week"))],
        coerce=lambda word: word == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day it begins.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty for a single day."),
    )
    starts = forms.TimeField(
        label=_("From"),
        required=False,
        widget=ClockInput(),
        help_text=_("Leave both times empty for the whole day."),
        error_messages={"invalid": _NOT_A_TIME},
    )
    ends = forms.TimeField(
        label=_("Until"), required=False, widget=ClockInput(), error_messages={"invalid": _NOT_A_TIME}
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot come before the first."))
        start, end = values.get("starts"), values.get("ends")
        if start is not None and end is not None and as_minutes(start) >= as_end(end):
            self.add_error("ends", _("The end must come after the beginning."))
        return values

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "first_day": found["first_day"],
            "last_day": found["last_day"] or found["first_day"],
            "starts": as_minutes(found["starts"]) if found["starts"] else 0,
            "ends": as_end(found["ends"]) if found["ends"] is not None else DAY_MINUTES,
            "is_free": found["is_free"],
        }


class CalendarAddressForm(forms.Form):
    address = forms.CharField(
        label=_("Address of your calendar"),
        max_length=1000,
        help_text=_(
            "It begins with https:// or webcal:// and often ends with .ics. In Outlook it is under Shared "
            "calendars, Publish a calendar; in Google Calendar under Settings, Secret address in iCal format."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].audience = _("Only you. It is stored sealed and never shown again.")


class CalendarFileForm(forms.Form):
    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("An .ics file of up to 1 MB. It is read once, and not kept."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


def _initial(hours: list[WeeklyHours]) -> dict[str, datetime.time]:
    found: dict[str, datetime.time] = {}
    seen = [0] * 7
    for hour in hours:
        found[f"from_{hour.weekday}_{seen[hour.weekday]}"] = as_time(hour.starts)
        found[f"until_{hour.weekday}_{seen[hour.weekday]}"] = as_time(hour.ends)
        seen[hour.weekday] += 1
    return found
