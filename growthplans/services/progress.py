"""The counts of a program year's plans, for its leads. What reaches them is numbers, never a plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q

from cohorts.models import ProgramYear, StandardNode
from growthplans.models import ActionStep, CheckIn, GrowthPlan
from growthplans.progress import Group, PlanFacts, Progress, counted

_STEP_KEYS = ("planned", "done", "on_schedule", "delayed", "dropped", "share_done_or_on_schedule")
_PLAN_KEYS = ("drafted", "shared", "read", "check_ins_held")
_NOT_READ = (GrowthPlan.State.DRAFT, GrowthPlan.State.SHARED)


@dataclass(frozen=True)
class YearProgress:
    """`competencies` are those on offer, in the order of `progress.groups`."""

    year: ProgramYear
    competencies: tuple[StandardNode, ...]
    progress: Progress


def progress_of(year: ProgramYear) -> YearProgress:
    """Three queries, however many plans there are."""
    offered = StandardNode.objects.filter(offers__program_year=year).order_by("offers__position", "position")
    competencies = tuple(offered)
    held = Count("check_ins", filter=Q(check_ins__state=CheckIn.State.HELD))
    rows = GrowthPlan.objects.filter(program_year=year).annotate(held=held).order_by()
    plans = rows.values_list("pk", "competency_id", "state", "reviewer_opened_at", "held")
    steps: dict[int, dict[str, int]] = {}
    kept = ActionStep.objects.filter(goal__plan__program_year=year).order_by()
    for plan, status, number in kept.values_list("goal__plan", "status").annotate(number=Count("pk")):
        steps.setdefault(plan, {})[status] = number
    facts = [
        PlanFacts(
            group=str(competency or ""),
            shared=state != GrowthPlan.State.DRAFT,
            read=state not in _NOT_READ or (state == GrowthPlan.State.SHARED and opened is not None),
            check_ins_held=number,
            steps=steps.get(pk, {}),
        )
        for pk, competency, state, opened, number in plans
    ]
    groups = [str(node.pk) for node in competencies]
    return YearProgress(year, competencies, counted(facts, groups, year.smallest_group_shown))


def as_data(found: YearProgress) -> dict[str, Any]:
    """The same figures as the page's, as plain values; what is hidden there is null here."""
    by_competency = [
        {"competency": node.coded_label, **_figures(group)}
        for node, group in zip(found.competencies, found.progress.groups, strict=True)
    ]
    return {
        "cohort": found.year.cohort.slug,
        "year": found.year.label,
        "smallest_group_shown": found.progress.smallest,
        "overall": _figures(found.progress.overall),
        "by_competency": by_competency,
    }


def _figures(group: Group) -> dict[str, Any]:
    plans = asdict(group.plans) if group.plans else dict.fromkeys(_PLAN_KEYS)
    steps = {key: getattr(group.steps, key) if group.steps else None for key in _STEP_KEYS}
    return {**plans, **steps}
