"""What changed in the demo's plans and when, so that histories and check-ins have something true to show.

The plans are stored as they stand now; here their past is written down beneath them: each step that is no
longer planned moved on a day of the year, each piece of evidence was added on the day it happened.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from typing import Any

from growthplans.history import delta
from growthplans.models import ActionStep, CheckIn, Evidence, GrowthPlan, Revision
from growthplans.parts import fields_of
from leaderdev.home.demo import growth
from leaderdev.home.demo.store.growth import demo_plans
from leaderdev.home.demo.world import World

_DAY = datetime.timedelta(days=1)
EARLIEST_HOUR, LATEST_HOUR = 15, 20


def plan_history(world: World) -> None:
    """Stores nothing where a change is written down already, which is what any visitor's typing does."""
    if Revision.objects.exists():
        return
    for number, plans in enumerate(demo_plans(world)):
        _YearOfHistory(world, plans, growth.SEED + 20 + number, running=number == 1).store()


@dataclass(frozen=True)
class _Change:
    at: datetime.datetime
    part: str
    part_id: int
    kind: str = "changed"
    field: str = ""
    before: Any = None
    after: Any = None


class _YearOfHistory:
    def __init__(self, world: World, plans: list[GrowthPlan], seed: int, *, running: bool) -> None:
        self.world, self.plans, self.running = world, plans, running
        self.rng = random.Random(seed)  # noqa: S311  seeded on purpose

    def store(self) -> None:
        changes: dict[int, list[_Change]] = {plan.pk: [] for plan in self.plans}
        plans = {plan.pk: plan for plan in self.plans}
        moved = ActionStep.objects.filter(goal__plan__in=self.plans).exclude(status="planned").order_by("pk")
        for step in moved.select_related("goal"):
            found = self._of_step(plans[step.goal.plan_id], step)
            changes[step.goal.plan_id] += found
            step.version = 1 + len(found)
            ActionStep.objects.filter(pk=step.pk).update(version=step.version)
        for piece in Evidence.objects.filter(plan__in=self.plans).order_by("pk"):
            after = {"fields": fields_of("evidence", piece)}
            at = self._at(piece.happened_on)
            changes[piece.plan_id].append(_Change(at, "evidence", piece.pk, kind="added", after=after))
        self._write(changes)

    def _of_step(self, plan: GrowthPlan, step: ActionStep) -> list[_Change]:
        at = self._at(self._day(plan, step))
        found = [_Change(at, "step", step.pk, field="status", before="planned", after=step.status)]
        if step.reason:
            before, after = delta("", step.reason)
            found.insert(0, _Change(at, "step", step.pk, field="reason", before=before, after=after))
        return found

    def _day(self, plan: GrowthPlan, step: ActionStep) -> datetime.date:
        """Finished work when it was due, else some day since the sharing; never after the last one."""
        first = plan.shared_at.astimezone(self.world.zone).date() + _DAY * 3 if plan.shared_at else None
        first = first or plan.program_year.starts_on
        last = max(self._last(plan), first)
        if step.status == ActionStep.Status.DONE and step.due_on:
            return min(max(step.due_on, first), last)
        return first + _DAY * self.rng.randint(0, (last - first).days)

    def _last(self, plan: GrowthPlan) -> datetime.date:
        return self.world.plan.dates.today - _DAY if self.running else plan.program_year.ends_on - _DAY * 10

    def _at(self, day: datetime.date) -> datetime.datetime:
        time = datetime.time(self.rng.randint(EARLIEST_HOUR, LATEST_HOUR), self.rng.randint(0, 59))
        return self.world.instant(day, time)

    def _write(self, changes: dict[int, list[_Change]]) -> None:
        rows, held = [], []
        check_ins: dict[int, list[CheckIn]] = {}
        for one in CheckIn.objects.filter(plan__in=self.plans, state=CheckIn.State.HELD):
            check_ins.setdefault(one.plan_id, []).append(one)
        for plan in self.plans:
            known = sorted(changes[plan.pk], key=lambda change: change.at)
            author = plan.membership.leader.user
            rows += [self._row(plan, author, number, each) for number, each in enumerate(known, start=1)]
            plan.last_revision = len(known)
            plan.changed_at = known[-1].at if known else self._quiet_since(plan)
            for one in check_ins.get(plan.pk, []):
                day = one.held_on or one.due_on
                one.revision_number = sum(each.at.astimezone(self.world.zone).date() <= day for each in known)
                held.append(one)
        Revision.objects.bulk_create(rows)
        GrowthPlan.objects.bulk_update(self.plans, ["last_revision", "changed_at"])
        CheckIn.objects.bulk_update(held, ["revision_number"])

    def _quiet_since(self, plan: GrowthPlan) -> datetime.datetime:
        """When a plan without any change was last touched: as it was shared, or some days ago as a draft."""
        if plan.shared_at is not None:
            return plan.shared_at
        return self._at(self._last(plan) - _DAY * self.rng.randint(0, 9))

    def _row(self, plan: GrowthPlan, author: Any, number: int, change: _Change) -> Revision:
        return Revision(
            plan=plan,
            number=number,
            at=change.at,
            by=author,
            kind=change.kind,
            part=change.part,
            part_id=change.part_id,
            field=change.field,
            before=change.before,
            after=change.after,
        )
