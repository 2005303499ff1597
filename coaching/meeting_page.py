"""What a meeting's page shows to a member of its trio."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from coaching import shares
from coaching.models import CoachingSession, JournalEntry, TrioSpace, circle_of
from coaching.permissions import may_arrange, seat_of
from coaching.services.visits import observations_for
from coaching.talking import QUESTION_CARDS, open_promises
from coaching.trails import trail_of, zone_of
from cohorts.models import Trio
from growthplans.models import GrowthPlan

USUAL_MINUTES = 60
_TOUCHED = "goal__plan__membership__leader__user"


def meeting_context(user: Any, meeting: CoachingSession) -> dict[str, Any]:
    trio = meeting.trio
    seats = circle_of(trio)
    seat = seat_of(user, trio)
    space = TrioSpace.objects.filter(trio=trio).first()
    promises = open_promises(trio)
    touched = meeting.touched_goals.select_related(_TOUCHED)
    readable = _readable_plans(user, trio)
    brought = _brought(meeting, seats, readable)
    context = {
        "meeting": meeting,
        "trio": trio,
        "zone": zone_of(trio),
        "norms": space.norm_list if space else [],
        "carried": [each for each in promises if each.coaching_session_id != meeting.pk],
        "made": list(meeting.promises.select_related("seat__membership__leader__user")),
        "brought": brought,
        "has_brought": any(each["goals"] or each["question"] for each in brought),
        "slots": slots_of(meeting),
        "cards": QUESTION_CARDS,
        "may_arrange": may_arrange(user, meeting),
        "has_begun": meeting.starts_at is not None and meeting.starts_at <= timezone.now(),
        "is_host": meeting.host_id == seat.pk,
        "turns": list(
            meeting.turns.select_related(
                "coached__membership__leader__user", "coach__membership__leader__user"
            )
        ),
        "touched": [each.goal for each in touched if each.goal.plan_id in readable],
        "mine": JournalEntry.objects.written_by(user).filter(coaching_session=meeting).first(),
        "journals": list(
            JournalEntry.objects.released_to_trio_of(user)
            .filter(coaching_session=meeting)
            .exclude(author_id=seat.membership_id)
            .select_related("author__leader__user")
        ),
        "trail": trail_of(trio),
    }
    if meeting.is_visit:
        context |= _visit(user, meeting, seat)
    return context


def _visit(user: Any, meeting: CoachingSession, seat: Any) -> dict[str, Any]:
    post = meeting.host.membership.leader.current_post if meeting.host else None
    mine = seat.membership.leader.current_post
    return {
        "blocks": list(meeting.blocks.all()),
        "observations": observations_for(user, meeting),
        "host_school": post.school.name if post else "",
        "teaches": bool(mine and mine.also_teaches),
        "release": meeting.release_requests.filter(seat=seat).order_by("-pk").first(),
    }


def _readable_plans(user: Any, trio: Trio) -> set[int]:
    """Plans of the trio's year that the person may read now: a plan taken back takes its goals along."""
    plans = GrowthPlan.objects.visible_to(user).filter(program_year_id=trio.program_year_id)
    return set(plans.values_list("pk", flat=True))


def _brought(meeting: CoachingSession, seats: list[Any], readable: set[int]) -> list[dict[str, Any]]:
    """Each member with what she brings; two queries."""
    rows = {row.seat_id: row for row in meeting.preparations.prefetch_related("goals__plan")}
    return [
        {
            "seat": seat,
            "user": seat.membership.leader.user,
            "question": rows[seat.pk].question if seat.pk in rows else "",
            "goals": [goal for goal in rows[seat.pk].goals.all() if goal.plan_id in readable]
            if seat.pk in rows
            else [],
        }
        for seat in seats
    ]


def slots_of(meeting: CoachingSession) -> list[dict[str, Any]]:
    """Turns in which everyone coaches and is coached, over the meeting's time; of a visit over its talk."""
    seats = {seat.pk: seat for seat in circle_of(meeting.trio)}
    minutes = USUAL_MINUTES
    if meeting.is_visit:
        last = meeting.blocks.last()
        minutes = last.minutes if last else USUAL_MINUTES
    elif meeting.starts_at and meeting.ends_at:
        length: datetime.timedelta = meeting.ends_at - meeting.starts_at
        minutes = int(length.total_seconds() // 60)
    return [
        {
            "user": seats[slot.coached].membership.leader.user,
            "coaches": [seats[each].membership.leader.user for each in slot.coaches],
            "minutes": slot.minutes,
        }
        for slot in shares.turns(list(seats), minutes, meeting.round_number)
    ]
