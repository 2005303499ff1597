"""Adding, removing, bringing back and moving the parts of a plan."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Goal, GrowthPlan, Reflection
from growthplans.parts import FIELDS, fields_of, plain
from growthplans.permissions import may_edit_plan
from growthplans.services import refusals
from growthplans.services.editing import MANAGERS, editable, plan_of
from growthplans.services.revisions import Entry, locked_part, locked_plan, record
from leaderdev.common.dates import today_in


@transaction.atomic
def add_goal(*, by: Any, plan: GrowthPlan) -> Goal:
    """A goal at the end of the plan. An empty last one is given back instead: two clicks, one goal."""
    plan = _own(by, plan)
    kept = list(plan.goals.all())
    if kept and _is_empty("goal", kept[-1]) and not kept[-1].steps.exists():
        return kept[-1]
    goal = Goal(plan=plan, position=_behind(kept), competency_id=plan.competency_id)
    return _add(by, plan, "goal", goal)


@transaction.atomic
def add_step(*, by: Any, plan: GrowthPlan, goal_id: int) -> ActionStep:
    """A step at the end of a goal; an empty last one is given back instead."""
    goal = editable(by=by, plan=plan, part="goal", part_id=goal_id)
    kept = list(goal.steps.all())
    if kept and _is_empty("step", kept[-1]):
        return kept[-1]
    return _add(by, goal.plan, "step", ActionStep(goal=goal, position=_behind(kept)))


@transaction.atomic
def add_reflection(*, by: Any, plan: GrowthPlan, stage: str, prompt: str = "") -> Reflection:
    """A reflection that only its author reads, dated today; an empty one of its kind is given back."""
    plan = _own(by, plan)
    if stage not in Reflection.Stage.values:
        raise RefusedError(_("Choose one of the prompts."))
    empty = plan.reflections.filter(stage=stage, prompt=prompt, text="", released_at=None).first()
    if empty is not None:
        return empty
    today = today_in(plan.program_year.cohort.district.time_zone)
    return _add(by, plan, "reflection", Reflection(plan=plan, stage=stage, prompt=prompt, written_on=today))


@transaction.atomic
def remove_part(*, by: Any, plan: GrowthPlan, part: str, part_id: int) -> None:
    """Take a goal, step or reflection out of the plan; words, comments and place stay for restore_part."""
    row = editable(by=by, plan=plan, part=part, part_id=part_id)
    stored = stored_part(part, row)
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    record(by=by, plan=plan_of(part, row), entries=[Entry("removed", part, row.pk, before=stored)])


@transaction.atomic
def restore_part(*, by: Any, plan: GrowthPlan, part: str, part_id: int) -> None:
    """Put a removed part back in its place; one that is there already stays as it is."""
    try:
        row = locked_part(MANAGERS[part], part, part_id, plan.pk)
    except ObjectDoesNotExist:
        raise refusals.not_there() from None
    if not may_edit_plan(by, plan_of(part, row)):
        raise refusals.not_yours()
    if part == "step" and row.goal.removed_at is not None:
        raise RefusedError(_("Bring back the goal first; its steps come with it."))
    if row.removed_at is None:
        return
    beside = siblings(part, row)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    if beside is not None:
        at = sum(each.position < row.position for each in beside)
        _number([*beside[:at], row, *beside[at:]])
    record(
        by=by,
        plan=plan_of(part, row),
        entries=[Entry("added", part, row.pk, after=stored_part(part, row))],
    )


@transaction.atomic
def move_part(*, by: Any, plan: GrowthPlan, part: str, part_id: int, to: int) -> None:
    """Move a goal within the plan, or a step within its goal, to the place `to` (0 is the top)."""
    row = editable(by=by, plan=plan, part=part, part_id=part_id)
    kept = siblings(part, row)
    if kept is None:
        raise refusals.not_there()
    before = [each.pk for each in kept]
    others = [each for each in kept if each.pk != row.pk]
    to = max(0, min(to, len(others)))
    after = [*others[:to], row, *others[to:]]
    if [each.pk for each in after] == before:
        return
    _number(after)
    holder = _holder(part, row)
    entry = Entry(
        "moved",
        part,
        row.pk,
        before={"in": holder, "order": before},
        after={"in": holder, "order": [each.pk for each in after]},
    )
    record(by=by, plan=plan_of(part, row), entries=[entry])


def siblings(part: str, row: Any) -> list[Any] | None:
    """The kept goals of the plan or steps of the goal, top to bottom; None for parts without an order."""
    if part == "goal":
        return list(Goal.objects.filter(plan_id=row.plan_id).order_by("position", "pk"))
    if part == "step":
        return list(ActionStep.objects.filter(goal_id=row.goal_id).order_by("position", "pk"))
    return None


def stored_part(part: str, row: Any) -> dict[str, Any]:
    """A whole part as a revision keeps it: its fields, and its place in what holds it."""
    fields = fields_of(part, row)
    if part == "goal":
        fields["order"] = [step.pk for step in row.steps.order_by("position", "pk")]
    beside = siblings(part, row)
    if beside is None:
        return {"fields": fields}
    keys = [each.pk for each in beside]
    return {"fields": fields, "in": _holder(part, row), "at": keys.index(row.pk)}


def _holder(part: str, row: Any) -> list[Any]:
    return ["plan", row.plan_id] if part == "goal" else ["goal", row.goal_id]


def _own(by: Any, plan: GrowthPlan) -> GrowthPlan:
    plan = locked_plan(plan.pk)
    if not may_edit_plan(by, plan):
        raise refusals.not_yours()
    return plan


def _add(by: Any, plan: GrowthPlan, part: str, row: Any) -> Any:
    row.save()
    stored = stored_part(part, row)
    record(by=by, plan=plan, entries=[Entry("added", part, row.pk, after=stored)])
    return row


def _behind(kept: list[Any]) -> int:
    """The place after the last one: what was taken out leaves its place free, to come back to."""
    return kept[-1].position + 1 if kept else 0


def _number(rows: list[Any]) -> None:
    """Write the places 0, 1, 2 … of those whose place is another one."""
    wrong = [(place, row) for place, row in enumerate(rows) if row.position != place]
    for place, row in wrong:
        row.position = place
    if wrong:
        type(wrong[0][1]).objects.bulk_update([row for _place, row in wrong], ["position"])


def _is_empty(part: str, row: Any) -> bool:
    """Whether nobody has typed anything into it; what it starts with does not count."""
    fresh = type(row)()
    names = FIELDS[part].keys() - {"competency", "indicators"}
    return all(getattr(row, name) == getattr(fresh, name) for name in names)


@transaction.atomic
def release_reflection(*, by: Any, plan: GrowthPlan, reflection_id: int, released: bool) -> None:
    """Let the readers of the plan read one reflection, or keep it to oneself again."""
    row = editable(by=by, plan=plan, part="reflection", part_id=reflection_id)
    if (row.released_at is not None) == released:
        return
    before = plain(row.released_at)
    row.released_at = timezone.now() if released else None
    row.save(update_fields=["released_at"])
    after = plain(row.released_at)
    entry = Entry("changed", "reflection", row.pk, "released_at", before, after)
    record(by=by, plan=row.plan, entries=[entry])
