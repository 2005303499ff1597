"""Times: proposing some, answering them, moving a meeting, and a series."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coaching.models import CoachingSeries, CoachingSession, TimeAnswer, TimeProposal
from coaching.rounds import NoSuchTimeError, instant
from coaching.services.slots import Slot
from coaching.suggested import USUAL_TALK, USUAL_VISIT
from cohorts.models import TrioSeat

LENGTHS = [
    (30, _("30 minutes")),
    (45, _("45 minutes")),
    (60, _("1 hour")),
    (90, _("1½ hours")),
    (120, _("2 hours")),
    (180, _("3 hours")),
    (240, _("4 hours")),
]
ROWS = 3
WEEKDAYS = [(0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday"))]


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )


def clock_field(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose a time.")},
    )


def length_field(minutes: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("How long"), choices=LENGTHS, coerce=int, initial=minutes)


def anyway_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("We know that there is no school that day, and mean it"), required=False
    )


class SlotsForm(forms.Form):
    """Up to three times, on the clock of `zone`; `slots()` gives them as instants."""

    minutes = length_field(USUAL_TALK)
    anyway = anyway_field()

    def __init__(self, *args: Any, zone: str, minutes: int = USUAL_TALK, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["minutes"].initial = minutes
        if minutes not in dict(LENGTHS):
            named = (minutes, _t("%(n)d minutes") % {"n": minutes})
            self.fields["minutes"].choices = [*LENGTHS, named]
        for row in range(ROWS):
            first = row == 0
            self.fields[f"day_{row}"] = day_field(
                _t("Day") if first else _t("Day, choice %(n)d") % {"n": row + 1}, required=first
            )
            self.fields[f"at_{row}"] = clock_field(
                _t("From") if first else _t("From, choice %(n)d") % {"n": row + 1}, required=first
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"day_{row}"], self[f"at_{row}"]) for row in range(ROWS)]

    @property
    def more_is_open(self) -> bool:
        """Whether something stands in the second or third row already."""
        return any(field.value() for pair in self.rows[1:] for field in pair)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.found: list[Slot] = []
        for row in range(ROWS):
            day, at = cleaned.get(f"day_{row}"), cleaned.get(f"at_{row}")
            if (day is None) != (at is None) and not self.errors:
                self.add_error(f"at_{row}" if at is None else f"day_{row}", _t("Give the day and the time."))
            elif day is not None and at is not None:
                self._add(row, day, at, cleaned.get("minutes") or USUAL_TALK)
        return cleaned

    def _add(self, row: int, day: datetime.date, at: datetime.time, minutes: int) -> None:
        try:
            starts_at = instant(day, at, self.zone)
        except NoSuchTimeError:
            self.add_error(f"at_{row}", _t("The clocks change that night and jump over this time."))
        else:
            self.found.append(Slot(starts_at, starts_at + datetime.timedelta(minutes=minutes)))

    def slots(self) -> Sequence[Slot]:
        return self.found


class ProposeForm(SlotsForm):
    """A talk, or with `visit` a site visit: only that one asks for its host."""

    kind = forms.ChoiceField(choices=CoachingSession.Kind.choices, widget=forms.HiddenInput)
    host = forms.TypedChoiceField(
        label=_("Who hosts the visit?"),
        coerce=int,
        help_text=_("Whoever has hosted least stands first."),
        error_messages={"required": _("Choose who hosts the visit.")},
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("A school and room, or a video address. May stay empty."),
    )

    def __init__(self, *args: Any, seats: Sequence[TrioSeat], visit: bool, **kwargs: Any) -> None:
        super().__init__(*args, minutes=USUAL_VISIT if visit else USUAL_TALK, **kwargs)
        self.visit = visit
        self.seats = {seat.pk: seat for seat in seats}
        self.fields["kind"].initial = CoachingSession.Kind.VISIT if visit else CoachingSession.Kind.TALK
        self.fields["place"].audience = _("You and your trio")
        self.fields["host"].choices = [
            (seat.pk, seat.membership.leader.user.get_full_name()) for seat in seats
        ]
        if not visit:
            del self.fields["host"]

    def values(self) -> dict[str, Any]:
        """What the service takes of it."""
        found = self.cleaned_data
        return {
            "kind": CoachingSession.Kind.VISIT if self.visit else CoachingSession.Kind.TALK,
            "host": self.seats[found["host"]] if self.visit else None,
            "place": found["place"],
            "anyway": found["anyway"],
            "times": self.slots(),
        }


def answered_at_once(data: QueryDict, proposals: Sequence[TimeProposal]) -> QueryDict:
    """A button that says the same to every time ("all") fills in the answer to each that its page showed.

    A time that somebody has added meanwhile stays open, and the form asks for it.
    """
    if data.get("all") not in TimeAnswer.Answer.values:
        return data
    filled, seen = data.copy(), data.getlist("seen")
    for proposal in proposals:
        if str(proposal.pk) in seen:
            filled[f"time_{proposal.pk}"] = data["all"]
    return filled


class AnswersForm(forms.Form):
    """One group of three radios for each proposed time."""

    def __init__(
        self, *args: Any, proposals: Sequence[TimeProposal], mine: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for proposal in proposals:
            self.fields[f"time_{proposal.pk}"] = forms.ChoiceField(
                label=proposal.words,
                choices=TimeAnswer.Answer.choices,
                widget=forms.RadioSelect,
                initial=mine.get(proposal.pk),
                error_messages={"required": _t("Choose yes, if need be or no.")},
            )

    def answers(self) -> dict[int, str]:
        return {each.pk: self.cleaned_data[f"time_{each.pk}"] for each in self.proposals}


class MoveForm(forms.Form):
    day = day_field(_("The new day"))
    at = clock_field(_("From"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=720)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    anyway = anyway_field()

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["place"].audience = _("You and your trio")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                starts_at = instant(cleaned["day"], cleaned["at"], self.zone)
            except NoSuchTimeError:
                self.add_error("at", _t("The clocks change that night and jump over this time."))
            else:
                ends_at = starts_at + datetime.timedelta(minutes=cleaned["minutes"])
                cleaned["slot"] = Slot(starts_at, ends_at)
        return cleaned


class SeriesForm(forms.Form):
    week = forms.TypedChoiceField(
        label=_("Which of the month"), choices=CoachingSeries.Week.choices, coerce=int
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int, initial=3)
    at = clock_field(_("From"))
    minutes = length_field(USUAL_TALK)
    until = day_field(_("Until"))


class AnswerSeriesForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer to all of them"),
        choices=TimeAnswer.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, if need be or no.")},
    )
