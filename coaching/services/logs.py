"""The coaching log: whether a meeting took place, who had how much time, what was touched and promised."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import (
    LOGGED,
    CoachingSession,
    Promise,
    TouchedGoal,
    Turn,
    circle_of,
)
from coaching.services import conversations
from coaching.services.loading import locked, locked_meeting
from coaching.services.times import next_round
from coaching.talking import goals_of
from cohorts.models import Trio, TrioSeat
from cohorts.services.errors import RefusedError

LONGEST_TURN = 600
MOST_PROMISES = 12


@dataclass(frozen=True)
class HadTurn:
    """Minutes in which one person was coached; `coach_id` is a seat, None for the others together."""

    seat_id: int
    minutes: int
    coach_id: int | None = None


@dataclass(frozen=True)
class Promised:
    seat_id: int
    what: str
    by_when: datetime.date | None = None


@dataclass(frozen=True)
class Said:
    """What a log holds. `outcome` is a logged state; of a meeting not held only the reason is kept."""

    outcome: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str = ""
    why_not: str = ""
    turns: Sequence[HadTurn] = field(default_factory=tuple)
    goals: Sequence[int] = field(default_factory=tuple)
    promises: Sequence[Promised] = field(default_factory=tuple)


@transaction.atomic
def log_unplanned(
    *, by: Any, trio: Trio, said: Said, kind: str = CoachingSession.Kind.TALK, host: TrioSeat | None = None
) -> CoachingSession:
    """Log a meeting that nobody had planned here."""
    seat = locked(by=by, trio=trio)
    if (kind == CoachingSession.Kind.VISIT) != (host is not None):
        raise RefusedError(_("Choose who hosted the visit."))
    meeting = CoachingSession(
        trio=trio,
        kind=kind,
        host=host,
        organizer=seat.membership,
        round_number=next_round(trio),
        proposed_at=timezone.now(),
    )
    return _write(by, meeting, said)


@transaction.atomic
def log(*, by: Any, meeting: CoachingSession, said: Said) -> CoachingSession:
    """Log a planned meeting, or correct its log. New promises are added to those that stand there."""
    meeting, _seat = locked_meeting(by=by, meeting=meeting)
    if meeting.state in (CoachingSession.State.CANCELLED, CoachingSession.State.PROPOSED):
        raise RefusedError(_("This meeting was never settled. Log it as one that was not planned."))
    return _write(by, meeting, said)


def _write(by: Any, meeting: CoachingSession, said: Said) -> CoachingSession:
    _refuse(meeting, said)
    meeting.state, meeting.why_not = said.outcome, said.why_not.strip()
    meeting.starts_at, meeting.ends_at = said.starts_at, said.ends_at
    meeting.place = said.place.strip()
    meeting.logged_at = meeting.logged_at or timezone.now()
    meeting.save()
    held = said.outcome != CoachingSession.State.NOT_HELD
    meeting.turns.all().delete()
    meeting.touched_goals.all().delete()
    if held:
        _keep_turns(meeting, said.turns)
        TouchedGoal.objects.bulk_create(
            TouchedGoal(coaching_session=meeting, goal_id=goal) for goal in dict.fromkeys(said.goals)
        )
    Promise.objects.bulk_create(
        Promise(
            trio=meeting.trio,
            coaching_session=meeting,
            seat_id=each.seat_id,
            what=each.what.strip(),
            by_when=each.by_when,
        )
        for each in said.promises
        if each.what.strip()
    )
    conversations.offer_after_rounds(trio=meeting.trio)
    return meeting


def _keep_turns(meeting: CoachingSession, turns: Sequence[HadTurn]) -> None:
    Turn.objects.bulk_create(
        Turn(coaching_session=meeting, coached_id=each.seat_id, coach_id=each.coach_id, minutes=each.minutes)
        for each in turns
        if each.minutes
    )


def _refuse(meeting: CoachingSession, said: Said) -> None:
    if said.outcome not in LOGGED:
        raise RefusedError(_("Say whether the meeting was held."))
    if said.outcome != CoachingSession.State.NOT_HELD and said.starts_at > timezone.now():
        raise RefusedError(_("This time is still to come. Log the meeting once it has taken place."))
    if said.ends_at <= said.starts_at:
        raise RefusedError(_("The meeting must end after it starts."))
    if said.outcome == CoachingSession.State.PARTLY and not said.why_not.strip():
        raise RefusedError(_("Say in a few words why it was held in part only."))
    # Whoever sat there then keeps her part when the log is corrected after she left.
    seats = {seat.pk for seat in circle_of(meeting.trio)}
    if meeting.pk:
        for pair in meeting.turns.values_list("coached_id", "coach_id"):
            seats |= {pk for pk in pair if pk is not None}
    named = {each.seat_id for each in said.turns} | {each.seat_id for each in said.promises}
    coaches = {each.coach_id for each in said.turns if each.coach_id is not None}
    if (named | coaches) - seats:
        raise RefusedError(_("Somebody named here does not sit in this trio."))
    if any(each.coach_id == each.seat_id for each in said.turns):
        raise RefusedError(_("Nobody coaches themselves."))
    if any(not 0 <= each.minutes <= LONGEST_TURN for each in said.turns):
        raise RefusedError(_("A turn takes between nothing and ten hours."))
    known = {goal.pk for goal in goals_of(meeting.trio)}
    if meeting.pk:
        known |= set(meeting.touched_goals.values_list("goal_id", flat=True))
    if set(said.goals) - known:
        raise RefusedError(_("Choose goals from the plans that your trio shares."))
    if len(said.promises) > MOST_PROMISES:
        raise RefusedError(_("Fewer promises are kept more often: twelve at most."))


@transaction.atomic
def settle_promise(*, by: Any, promise: Promise, state: str) -> Promise:
    """Say that a promise is done, let go, or open again. Each member may: they talk about it together."""
    locked(by=by, trio=promise.trio)
    if state not in Promise.State.values:
        raise RefusedError(_("Say whether it is done, let go or still open."))
    promise.state = state
    promise.save(update_fields=["state"])
    return promise
