"""The plan's past: its state as values, its state at a revision, and putting an earlier state back."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from growthplans import history
from growthplans.models import ActionStep, Goal, GrowthPlan, Revision
from growthplans.parts import FIELDS, fields_of
from growthplans.services import arranging
from growthplans.services.editing import Conflict, save_fields
from growthplans.services.revisions import locked_plan


def state_now(plan: GrowthPlan) -> history.State:
    """What the plan holds now, as plain values: six queries, however long the plan is."""
    goals = list(plan.goals.prefetch_related("indicators").order_by("position", "pk"))
    steps = list(ActionStep.objects.filter(goal__plan=plan).order_by("position", "pk"))
    state: history.State = {("plan", plan.pk): {**fields_of("plan", plan), "order": [g.pk for g in goals]}}
    for goal in goals:
        order = [step.pk for step in steps if step.goal_id == goal.pk]
        state["goal", goal.pk] = {**fields_of("goal", goal), "order": order}
    state.update({("step", step.pk): fields_of("step", step) for step in steps})
    for name, rows in (("reflection", plan.reflections.all()), ("evidence", plan.evidence.all())):
        state.update({(name, row.pk): fields_of(name, row) for row in rows})
    # Steps of a removed goal are no part of the plan, but earlier states may need them.
    hidden = ActionStep.with_removed.filter(
        goal__plan=plan, goal__removed_at__isnull=False, removed_at__isnull=True
    )
    state.update({("step", step.pk): fields_of("step", step) for step in hidden})
    return state


def revisions_after(plan: GrowthPlan, number: int) -> models.QuerySet[Revision]:
    return Revision.objects.filter(plan=plan, number__gt=number)


def state_at(plan: GrowthPlan, number: int) -> history.State:
    """What the plan held right after revision `number`; 0 is how it was begun."""
    later = revisions_after(plan, number).order_by("-number")
    return history.undone(state_now(plan), later)


def moved_since(plan: GrowthPlan, number: int) -> list[history.Difference]:
    """What differs between the plan after revision `number` and the plan of now."""
    now = state_now(plan)
    later = revisions_after(plan, number).order_by("-number")
    return history.compare(history.undone(now, later), now)


@transaction.atomic
def restore(*, by: Any, plan: GrowthPlan, number: int, part: str = "", part_id: int = 0) -> int:
    """Put the plan, or one part of it, back to how it was after revision `number`.

    The restoring is itself a series of revisions, so it can be undone the same way. Returns how many parts
    changed. What only came later is taken out of the plan, not lost. Raises RefusedError for anybody but the
    author.
    """
    plan = locked_plan(plan.pk)
    wanted, now = state_at(plan, number), state_now(plan)
    found = history.compare(now, wanted)
    if part:
        found = [each for each in found if (each.part, each.part_id) == (part, part_id)]
    # Goals before their steps: a step comes back into a goal that is there.
    rank = ["plan", "goal", "step", "reflection", "evidence"]
    count = 0
    for each in sorted(found, key=lambda each: rank.index(each.part)):
        count += _restore_one(by, plan, each, wanted)
    _restore_order(by, plan, found, wanted)
    return count


def _restore_one(by: Any, plan: GrowthPlan, one: history.Difference, wanted: history.State) -> bool:
    """Files and links of evidence are not brought back: their own page adds and removes them."""
    if one.part not in FIELDS:
        return False
    key: dict[str, Any] = {"by": by, "plan": plan, "part": one.part, "part_id": one.part_id}
    if one.kind == "removed":
        goal_is_gone = one.part == "step" and not Goal.objects.filter(steps__pk=one.part_id).exists()
        if not goal_is_gone:
            arranging.remove_part(**key)
        return not goal_is_gone
    if one.kind == "added":
        arranging.restore_part(**key)
    return _restore_fields(key, wanted[one.part, one.part_id]) or one.kind == "added"


def _restore_fields(key: dict[str, Any], fields: dict[str, Any]) -> bool:
    known = FIELDS[key["part"]]
    row = arranging.editable(**key)
    values = {name: fields[name] for name in known if name in fields}
    saved = save_fields(**key, values=values, version=row.version, again=True)
    return not isinstance(saved, Conflict) and saved.version != row.version


def _restore_order(by: Any, plan: GrowthPlan, found: list[history.Difference], wanted: history.State) -> None:
    for each in found:
        for place, pk in enumerate(wanted.get((each.part, each.part_id), {}).get("order", [])):
            name = "goal" if each.part == "plan" else "step"
            model = Goal if name == "goal" else ActionStep
            if model.objects.filter(pk=pk).exists():
                arranging.move_part(by=by, plan=plan, part=name, part_id=pk, to=place)
