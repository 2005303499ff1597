"""What a trio talks about: goals of shared plans, promises that are open, turns, question cards."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from coaching.models import CoachingSession, Promise, circle_of
from cohorts.models import Trio
from growthplans.models import Goal, GrowthPlan

# Written for this product: open, short, none of them a piece of advice in disguise.
QUESTION_CARDS = (
    (
        _("To begin"),
        (_("What would make this half hour worth your time?"), _("What has moved since last time?")),
    ),
    (
        _("To see clearly"),
        (
            _("What did you see or hear, before you made sense of it?"),
            _("Who would tell this story differently?"),
            _("What is the part that you can influence?"),
        ),
    ),
    (
        _("To go deeper"),
        (
            _("What are you taking for granted here?"),
            _("When did something like this go well, and what was different?"),
            _("What would you do if nobody could be disappointed?"),
        ),
    ),
    (
        _("To go on"),
        (
            _("What is the smallest step that would show you something?"),
            _("What could get in the way, and who can help?"),
            _("What will you have done by the next time?"),
        ),
    ),
)


def plans_of(trio: Trio) -> list[GrowthPlan]:
    """The shared plans of those who sit in the trio now, of its year, in the order of the seats."""
    seats = [seat.membership_id for seat in circle_of(trio)]
    plans = GrowthPlan.objects.shared().filter(membership__in=seats, program_year_id=trio.program_year_id)
    return sorted(
        plans.select_related("membership__leader__user", "competency"),
        key=lambda plan: seats.index(plan.membership_id),
    )


def goals_of(trio: Trio) -> list[Goal]:
    """Goals with words of those plans; each knows its plan and author."""
    seats = [seat.membership_id for seat in circle_of(trio)]
    goals = Goal.objects.filter(
        plan__membership__in=seats, plan__program_year_id=trio.program_year_id
    ).exclude(plan__state=GrowthPlan.State.DRAFT)
    rows = goals.exclude(statement="").select_related("plan__membership__leader__user")
    return sorted(rows, key=lambda goal: (seats.index(goal.plan.membership_id), goal.position, goal.pk))


def open_promises(trio: Trio) -> list[Promise]:
    """Promises that are still open, with who made them, those due first on top."""
    rows = Promise.objects.filter(trio=trio, state=Promise.State.OPEN)
    return list(rows.select_related("seat__membership__leader__user", "coaching_session"))


def next_meeting(trio: Trio, now: Any) -> CoachingSession | None:
    """The next meeting that is planned and has not ended, or None."""
    return CoachingSession.objects.filter(trio=trio).planned().filter(ends_at__gt=now).first()
