"""Saving what the author types: each save names its version, and none overwrites a newer one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cohorts.services.errors import RefusedError
from growthplans.history import delta
from growthplans.models import ActionStep, Goal, GrowthPlan, Reflection
from growthplans.parts import FIELDS, Field, cleaned, plain, value_of
from growthplans.permissions import may_edit_plan
from growthplans.services import refusals
from growthplans.services.revisions import PATH_TO_PLAN, Entry, locked_part, record

MANAGERS: dict[str, Any] = {
    "plan": GrowthPlan.objects,
    "goal": Goal.with_removed,
    "step": ActionStep.with_removed,
    "reflection": Reflection.with_removed,
}


@dataclass(frozen=True)
class Saved:
    """The save stands. `version` is what the next save of this part has to name; `at` an aware instant."""

    version: int
    at: datetime.datetime


@dataclass(frozen=True)
class Conflict:
    """Nothing was stored: the part was saved elsewhere since. `current`: field → what stands there."""

    version: int
    current: dict[str, Any]


def save_field(
    *, by: Any, plan: GrowthPlan, part: str, part_id: int, field: str, value: Any, version: int
) -> Saved | Conflict:
    """Save one field of one part. Raises RefusedError with a sentence for it; then nothing is stored."""
    return save_fields(by=by, plan=plan, part=part, part_id=part_id, values={field: value}, version=version)


@transaction.atomic
def save_fields(
    *,
    by: Any,
    plan: GrowthPlan,
    part: str,
    part_id: int,
    values: Mapping[str, Any],
    version: int,
    again: bool = False,
) -> Saved | Conflict:
    """Save several fields of one part as one step; all or none of them, with one version more.

    `values` are raw, as typed. What stands there already is acknowledged and changes nothing, whatever the
    version: the second try of a save whose answer got lost must not look like somebody else's.
    `again` puts back what stood in the plan before: a day that was fine then is not refused for being past.
    """
    known = FIELDS.get(part, {})
    if not values or values.keys() - known.keys():
        raise RefusedError(refusals.not_there().sentences)
    row = editable(by=by, plan=plan, part=part, part_id=part_id)
    typed = {name: _cleaned(name, known[name], values[name]) for name in known if name in values}
    current = {name: value_of(row, name) for name in typed}
    changed = {name: value for name, value in typed.items() if plain(value) != current[name]}
    if not changed:
        return Saved(version=row.version, at=timezone.now())
    if row.version != version:
        return Conflict(version=row.version, current=current)
    whole = plan_of(part, row)
    if not again:
        refusals.refuse_values(whole, part, row, changed)
    entries = [
        Entry("changed", part, row.pk, name, *delta(current[name], plain(value)))
        for name, value in changed.items()
    ]
    return _write(by=by, plan=whole, part=part, row=row, changed=changed, entries=entries)


def _cleaned(name: str, field: Field, raw: Any) -> Any:
    try:
        return cleaned(field, raw)
    except RefusedError as refusal:
        raise refusals.FieldRefusedError(name, str(refusal)) from None


def editable(*, by: Any, plan: GrowthPlan, part: str, part_id: int) -> Any:
    """The part's row, locked with its plan, for its author; a removed one takes no words."""
    try:
        row = locked_part(MANAGERS[part], part, part_id, plan.pk)
    except ObjectDoesNotExist:
        raise refusals.not_there() from None
    if not may_edit_plan(by, plan_of(part, row)):
        raise refusals.not_yours()
    if part != "plan" and (row.removed_at or (part == "step" and row.goal.removed_at)):
        raise refusals.not_there()
    return row


def plan_of(part: str, row: Any) -> GrowthPlan:
    for name in filter(None, PATH_TO_PLAN[part].split("__")):
        row = getattr(row, name)
    return row


def _write(
    *, by: Any, plan: GrowthPlan, part: str, row: Any, changed: dict[str, Any], entries: list[Entry]
) -> Saved | Conflict:
    """The conditional UPDATE: the version decides inside the statement, whatever lock was held before it."""
    columns = {
        row._meta.get_field(name).attname: value for name, value in changed.items() if name != "indicators"
    }
    same = MANAGERS[part].filter(pk=row.pk, version=row.version)
    if not same.update(**columns, version=F("version") + 1):
        row.refresh_from_db()
        return Conflict(version=row.version, current={name: value_of(row, name) for name in changed})
    if "indicators" in changed:
        row.indicators.set(changed["indicators"])
    at = record(by=by, plan=plan, entries=entries)
    return Saved(version=row.version + 1, at=at)
