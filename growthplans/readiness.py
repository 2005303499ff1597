"""What a plan still lacks: sentences that stop sharing, and gentle ones that do not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from growthplans.models import GrowthPlan

# People who carried few initiatives finished more of them; a fourth goal is welcome to wait.
GENTLE_GOALS = 3


@dataclass(frozen=True)
class Lack:
    """`sentence` stands at `field` of the part."""

    part: str
    part_id: int
    field: str
    sentence: str


def lacks_before_sharing(plan: GrowthPlan) -> list[Lack]:
    """What keeps the plan from being shared, from top to bottom; empty when nothing does."""
    goals = list(plan.goals.all())
    if not goals:
        return [Lack("plan", plan.pk, "goals", _("Write at least one goal before you share the plan."))]
    sentence = _("Say in a sentence what this goal is, or remove it, before you share the plan.")
    return [Lack("goal", goal.pk, "statement", sentence) for goal in goals if not goal.statement.strip()]


def gentle_sentence(goal_count: int) -> str:
    """A word about many goals, or nothing."""
    if goal_count <= GENTLE_GOALS:
        return ""
    return ngettext(
        "You have %(count)d goal.",
        "You have %(count)d goals. Many people get further with one to three; the rest may wait.",
        goal_count,
    ) % {"count": goal_count}
