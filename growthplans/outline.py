"""A plan as its pages show it: goals with their steps and evidence, and the reflections a reader may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from growthplans.claims import Statement, Tie, unbacked
from growthplans.models import ActionStep, Evidence, Goal, GrowthPlan, Reflection
from growthplans.permissions import is_author, may_read_reflection

# What a step's state looks like beside its word: (tone, icon) for components/badge.html.
LOOK = {
    "planned": ("quiet", "circle"),
    "on_schedule": ("info", "clock"),
    "delayed": ("warn", "hourglass-split"),
    "done": ("good", "check-lg"),
    "dropped": ("quiet", "dash-circle"),
}


@dataclass(frozen=True)
class Outline:
    """`goals` carry `listed_steps` and `listed_evidence`; `loose` is evidence that is tied to no goal."""

    goals: list[Goal]
    loose: list[Evidence]
    reflections: list[Reflection]

    @property
    def steps(self) -> list[ActionStep]:
        return [step for goal in self.goals for step in goal.listed_steps]


def outline_of(plan: GrowthPlan, user: Any) -> Outline:
    """Five queries, however long the plan is. A reflection the person may not read is not in it."""
    steps = Prefetch("steps", ActionStep.objects.order_by("position", "pk"), to_attr="listed_steps")
    goals = list(
        plan.goals.select_related("competency")
        .prefetch_related(steps, "indicators")
        .order_by("position", "pk")
    )
    evidence = list(plan.evidence.select_related("indicator"))
    for goal in goals:
        goal.listed_evidence = [each for each in evidence if each.goal_id == goal.pk]
        for step in goal.listed_steps:
            step.tone, step.icon = LOOK[step.status]
    kept = {goal.pk for goal in goals}
    # Progress that nothing shows yet is a claim, which is fine, and is shown as one.
    claims = unbacked(map(_statement, goals), [Tie(each.goal_id, each.indicator_id) for each in evidence])
    for goal in goals:
        goal.claims = goal.pk in claims
    mine = is_author(user, plan)
    reflections = []
    for reflection in plan.reflections.all():
        reflection.plan = plan
        if mine or may_read_reflection(user, reflection):
            reflections.append(reflection)
    return Outline(
        goals=goals,
        loose=[each for each in evidence if each.goal_id not in kept],
        reflections=reflections,
    )


def _statement(goal: Goal) -> Statement:
    indicators = frozenset(node.pk for node in goal.indicators.all())
    return Statement(goal.pk, indicators, tuple(step.status for step in goal.listed_steps))


def step_counts(steps: list[ActionStep]) -> dict[str, int]:
    """How many steps stand in each state; every state is named, in the order of the list."""
    found = Counter(step.status for step in steps)
    return {str(value): found[value] for value in ActionStep.Status.values}


def plan_title(plan: GrowthPlan, *, own: bool) -> str:
    """What a page of the plan is called: never with its words, since titles stay in a browser's history."""
    if own:
        return _("My growth plan %(year)s") % {"year": plan.program_year.label}
    return _("Growth plan of %(name)s, %(year)s") % {
        "name": plan.membership.leader.user,
        "year": plan.program_year.label,
    }


def audience_of(plan: GrowthPlan) -> str:
    """Who reads what is typed into the plan, as the quiet line above a text box."""
    if plan.state == GrowthPlan.State.DRAFT:
        return _("Only you, until you share the plan")
    if plan.reviewer is not None:
        return _("You, your trio and %(name)s") % {"name": plan.reviewer.user}
    return _("You and your trio")
