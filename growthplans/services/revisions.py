"""Writing down what changed. Every service that changes a plan's words or parts records it here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from growthplans.models import GrowthPlan, Revision

# What a part's row is joined with, so that one query answers whose it is and which year it belongs to.
_PLAN = "membership__leader", "program_year__cohort__district"
PATH_TO_PLAN = {"plan": "", "goal": "plan", "step": "goal__plan", "reflection": "plan", "evidence": "plan"}


@dataclass(frozen=True)
class Entry:
    """One line of the record, before it has a number. before, after: see growthplans.history."""

    kind: str
    part: str
    part_id: int
    field: str = ""
    before: Any = None
    after: Any = None


def locked_plan(pk: int) -> GrowthPlan:
    """The plan with its author, year and district; others who write to it wait for this transaction."""
    return GrowthPlan.objects.select_for_update(of=("self",)).select_related(*_PLAN).get(pk=pk)


def locked_part(manager: models.Manager, part: str, pk: int, plan_pk: int) -> Any:
    """A part's row with its plan, as locked_plan; raises DoesNotExist when it is not of that plan."""
    path = PATH_TO_PLAN[part]
    joined = [f"{path}__{each}" if path else each for each in _PLAN]
    rows = manager.select_for_update(of=("self", path) if path else ("self",)).select_related(*joined)
    return rows.get(pk=pk, **({path: plan_pk} if path else {"pk__in": [plan_pk]}))


def record(*, by: Any, plan: GrowthPlan, entries: Iterable[Entry], **also: Any) -> datetime.datetime:
    """Number and store the entries, and touch the plan; returns the moment. Call it inside the transaction.

    `plan` must come from locked_plan or locked_part: its lock is what keeps two numbers from being the same.
    `also` are fields of the plan to update in the same statement.
    """
    now = timezone.now()
    rows = [
        Revision(
            plan=plan,
            number=plan.last_revision + position,
            at=now,
            by=by,
            kind=entry.kind,
            part=entry.part,
            part_id=entry.part_id,
            field=entry.field,
            before=entry.before,
            after=entry.after,
        )
        for position, entry in enumerate(entries, start=1)
    ]
    Revision.objects.bulk_create(rows)
    changes = {"last_revision": F("last_revision") + len(rows), "changed_at": now, **also}
    GrowthPlan.objects.filter(pk=plan.pk).update(**changes)
    plan.last_revision += len(rows)
    return now
