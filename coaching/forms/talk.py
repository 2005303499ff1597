"""What is prepared for a meeting, its log, and its notes without JavaScript."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coaching.forms.times import clock_field, day_field
from coaching.models import CoachingSession, Turn
from coaching.rounds import NoSuchTimeError, instant
from coaching.services.logs import HadTurn, Promised, Said
from coaching.shares import evenly
from cohorts.models import TrioSeat
from growthplans.models import Goal
from leaderdev.common.dates import day_in_words

State = CoachingSession.State
OUTCOMES = [
    (State.HELD, _("We met")),
    (State.PARTLY, _("We met in part")),
    (State.NOT_HELD, _("We did not meet")),
]
PROMISES = 3
USUAL_MINUTES = 60


class PrepareForm(forms.Form):
    goals = forms.TypedMultipleChoiceField(
        label=_("Which of your goals do you bring?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=_("Your question to the others"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One that you do not know the answer to."),
    )

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].choices = [(goal.pk, goal.statement) for goal in goals]
        self.fields["question"].audience = _("You and your trio")
        if not goals:
            del self.fields["goals"]

    def values(self) -> dict[str, Any]:
        return {"question": self.cleaned_data["question"], "goals": self.cleaned_data.get("goals", [])}


class NotesForm(forms.Form):
    """Without JavaScript: the notes as a form with its version."""

    field = forms.ChoiceField(choices=[(name, name) for name in ("notes", "host_question", "look_fors")])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    value = forms.CharField(required=False, max_length=50_000, strip=False)


class LogForm(forms.Form):
    """Fields for each seat are named minutes_7, coach_7; for each promise who_0, what_0, by_0."""

    outcome = forms.ChoiceField(
        label=_("Did you meet?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three. “We did not meet” is a normal answer.")},
    )
    why_not = forms.CharField(
        label=_("If not, or in part: what came between?"),
        max_length=500,
        required=False,
        help_text=_("A few words. They help you to find a better time."),
    )
    day = day_field(_("Which day"))
    at = clock_field(_("From"))
    length = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    goals = forms.TypedMultipleChoiceField(
        label=_("Which goals did you talk about?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        zone: str,
        seats: Sequence[TrioSeat],
        goals: Sequence[Goal],
        turns: Sequence[Turn] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.seats, self.had_turns = zone, list(seats), bool(turns)
        names = {seat.pk: seat.membership.leader.user.get_full_name() for seat in self.seats}
        had = {turn.coached_id: turn for turn in turns}
        even = evenly(self.initial.get("length", USUAL_MINUTES), list(names))
        for seat in self.seats:
            self._add_turn(seat, names, had, even)
        for row in range(PROMISES):
            self._add_promise(row, names)
        self.fields["goals"].choices = [
            (goal.pk, f"{goal.plan.membership.leader.user.get_short_name()}: {goal.statement}")
            for goal in goals
        ]
        if not goals:
            del self.fields["goals"]
        self.fields["why_not"].audience = _("You and your trio")

    def _add_turn(
        self, seat: TrioSeat, names: dict[int, str], had: dict[int, Turn], even: dict[Any, int]
    ) -> None:
        known = had.get(seat.pk)
        minutes = (known.minutes if known else 0) if had else even[seat.pk]
        self.fields[f"minutes_{seat.pk}"] = forms.IntegerField(
            label=_t("%(name)s was coached, in minutes") % {"name": names[seat.pk]},
            min_value=0,
            max_value=600,
            required=False,
            initial=minutes,
        )
        others = [(pk, name) for pk, name in names.items() if pk != seat.pk]
        self.fields[f"coach_{seat.pk}"] = forms.TypedChoiceField(
            label=_t("%(name)s was coached by") % {"name": names[seat.pk]},
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", _t("the others together")), *others],
            initial=known.coach_id if known else None,
        )

    def _add_promise(self, row: int, names: dict[int, str]) -> None:
        number = {"n": row + 1}
        self.fields[f"who_{row}"] = forms.TypedChoiceField(
            label=_t("Promise %(n)d: who") % number,
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", _t("Nobody")), *names.items()],
        )
        self.fields[f"what_{row}"] = forms.CharField(
            label=_t("Promise %(n)d: what") % number, max_length=500, required=False
        )
        self.fields[f"by_{row}"] = day_field(_t("Promise %(n)d: by when") % number, required=False)

    @property
    def day_words(self) -> str:
        """The line that opens the fields of day and place: what stands in them."""
        day, at, length = (self.initial.get(name) for name in ("day", "at", "length"))
        if day is None or at is None:
            return _t("When and where")
        values = {"day": day_in_words(day), "at": at.strftime("%H:%M"), "n": length}
        return _t("%(day)s, %(at)s, %(n)d minutes: change it") % values

    @property
    def turns_words(self) -> str:
        """The line that opens who coached whom; that all had the same, until somebody says otherwise."""
        if self.had_turns:
            return _t("Who coached whom")
        even = {self[f"minutes_{seat.pk}"].initial for seat in self.seats}
        values = {"n": max(even, default=0)}
        return _t("Each of you was coached for about %(n)d minutes: change it") % values

    @property
    def turn_rows(self) -> Iterator[tuple[Any, Any]]:
        for seat in self.seats:
            yield self[f"minutes_{seat.pk}"], self[f"coach_{seat.pk}"]

    @property
    def promise_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        for row in range(PROMISES):
            yield self[f"who_{row}"], self[f"what_{row}"], self[f"by_{row}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(PROMISES):
            who, what = cleaned.get(f"who_{row}"), cleaned.get(f"what_{row}", "").strip()
            if what and not who:
                self.add_error(f"who_{row}", _t("Say who promises this."))
            elif who and not what and f"what_{row}" not in self.errors:
                self.add_error(f"what_{row}", _t("Say what is promised, or choose nobody."))
        if not self.errors:
            try:
                cleaned["starts_at"] = instant(cleaned["day"], cleaned["at"], self.zone)
            except NoSuchTimeError:
                self.add_error("at", _t("The clocks change that night and jump over this time."))
        return cleaned

    def said(self) -> Said:
        found = self.cleaned_data
        turns = [
            HadTurn(seat.pk, found.get(f"minutes_{seat.pk}") or 0, found.get(f"coach_{seat.pk}"))
            for seat in self.seats
        ]
        promises = [
            Promised(found[f"who_{row}"], found[f"what_{row}"], found.get(f"by_{row}"))
            for row in range(PROMISES)
            if found.get(f"who_{row}")
        ]
        return Said(
            outcome=found["outcome"],
            starts_at=found["starts_at"],
            ends_at=found["starts_at"] + datetime.timedelta(minutes=found["length"]),
            place=found["place"],
            why_not=found["why_not"],
            turns=turns,
            goals=found.get("goals", []),
            promises=promises,
        )


class LogUnplannedForm(LogForm):
    host = forms.TypedChoiceField(
        label=_("If it was a site visit: who hosted?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(seat.pk, seat.membership.leader.user.get_full_name()) for seat in self.seats]
        self.fields["host"].choices = [("", _t("It was a talk")), *names]

    def chosen_host(self) -> TrioSeat | None:
        return next((seat for seat in self.seats if seat.pk == self.cleaned_data.get("host")), None)


def log_initial(meeting: CoachingSession | None, zone: str, now: datetime.datetime) -> dict[str, Any]:
    """What the form shows first: the planned time, else the hour that has just passed."""
    if meeting is None or meeting.starts_at is None or meeting.ends_at is None:
        local = now.astimezone(ZoneInfo(zone)) - datetime.timedelta(minutes=USUAL_MINUTES)
        return {
            "day": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "length": USUAL_MINUTES,
        }
    local = meeting.starts_at.astimezone(ZoneInfo(zone))
    found: dict[str, Any] = {
        "day": local.date(),
        "at": local.time(),
        "length": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "place": meeting.place,
    }
    if meeting.is_logged:
        found |= {
            "outcome": meeting.state,
            "why_not": meeting.why_not,
            "goals": list(meeting.touched_goals.values_list("goal_id", flat=True)),
        }
    else:
        found["outcome"] = State.HELD
    return found
