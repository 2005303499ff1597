"""What somebody is to a plan, and who may read it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import TrioSeat
from growthplans.models import GrowthPlan, Reading
from growthplans.states import Move, Voice, refusal


@dataclass(frozen=True)
class Reader:
    """One person who may open the plan now, and the sentence that says why."""

    user: Any
    voice: str
    why: str


def voice_of(user: Any, plan: GrowthPlan) -> str:
    """What the person is to a plan that visible_to(user) gave; every other reader is a trio mate.

    The plan comes with its author and reviewer; no query is made.
    """
    leader = plan.membership.leader
    if leader.user_id == user.pk and leader.is_active:
        return Voice.AUTHOR
    reviewer = plan.reviewer
    if reviewer is not None and reviewer.user_id == user.pk and reviewer.is_active:
        return Voice.REVIEWER
    return Voice.MATE


def refusal_for(user: Any, plan: GrowthPlan, move: Move) -> str:
    """Why the person cannot make the move now; the same answer guards the service and hides the button."""
    reviewer = plan.reviewer
    return refusal(
        move,
        state=plan.state,
        voice=voice_of(user, plan),
        reviewer_opened=plan.reviewer_opened_at is not None,
        has_reviewer=reviewer is not None and reviewer.is_active,
    )


def may_move(user: Any, plan: GrowthPlan, move: Move) -> bool:
    """Whoever is not refused sees the button."""
    return not refusal_for(user, plan, move)


def open_moves(user: Any, plan: GrowthPlan) -> dict[str, bool]:
    """Every move by its name, for a page's buttons."""
    return {str(move): may_move(user, plan, move) for move in Move}


def mates_of(plan: GrowthPlan) -> list[Any]:
    """Users who sit in the author's published trio of that year now."""
    mine = TrioSeat.objects.current().filter(
        membership_id=plan.membership_id,
        program_year_id=plan.program_year_id,
        trio__published_at__isnull=False,
    )
    seats = TrioSeat.objects.current().filter(
        trio__in=mine.values("trio"),
        membership__leader__is_active=True,
        membership__leader__user__is_active=True,
    )
    rows = seats.exclude(membership_id=plan.membership_id).select_related("membership__leader__user")
    return [seat.membership.leader.user for seat in rows.order_by("pk")]


def readers_of(plan: GrowthPlan) -> list[Reader]:
    """Everybody who may open the plan now: the author first; one query."""
    author = plan.membership.leader.user
    found = [Reader(author, Voice.AUTHOR, _("The plan’s author."))]
    if plan.state == GrowthPlan.State.DRAFT:
        return found
    why = _("Sits in the same trio this year.")
    mates = [Reader(user, Voice.MATE, why) for user in mates_of(plan)]
    reviewer = plan.reviewer
    if reviewer is not None and reviewer.is_active:
        mates = [mate for mate in mates if mate.user.pk != reviewer.user_id]
        found.append(Reader(reviewer.user, Voice.REVIEWER, _("The reviewer named when the plan was shared.")))
    return [*found, *mates]


def former_readers(plan: GrowthPlan, readers: list[Reader]) -> list[Any]:
    """Users who once could read the plan and no longer can: seats left, and whoever opened it. Two queries.

    A seat that was given up before the plan was shared opened nothing and is not listed.
    """
    if plan.shared_at is None:
        return []
    now = {reader.user.pk for reader in readers}
    trios = TrioSeat.objects.filter(
        membership_id=plan.membership_id, program_year_id=plan.program_year_id
    ).values("trio")
    left = TrioSeat.objects.filter(
        trio__in=trios, trio__published_at__isnull=False, left_on__gte=plan.shared_at.date()
    ).select_related("membership__leader__user")
    opened = Reading.objects.filter(plan=plan).select_related("reader").order_by("pk")
    people = [seat.membership.leader.user for seat in left] + [row.reader for row in opened]
    return list({person.pk: person for person in people if person.pk not in now}.values())
