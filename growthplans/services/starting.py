"""Beginning a plan: from the focus competency, carried forward from an earlier plan, or on a blank page."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.models import CompetencySelection, Membership, ProgramYear, StandardNode
from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Goal, GrowthPlan
from growthplans.permissions import may_start_plan

Origin = GrowthPlan.Origin
# What was finished or given up last year is not carried into the next.
ENDED = (ActionStep.Status.DONE, ActionStep.Status.DROPPED)


def start_plan(
    *, by: Any, membership: Membership, year: ProgramYear, origin: str, carry_from: GrowthPlan | None = None
) -> GrowthPlan:
    """The person's plan for the year: begun now, or the one that is there already (two clicks, one plan).

    `carry_from` is one of earlier_plans(membership); without it the latest is carried. Raises RefusedError.
    """
    membership = Membership.objects.select_related("leader").get(pk=membership.pk)
    year = ProgramYear.objects.get(pk=year.pk)
    there = GrowthPlan.objects.filter(membership=membership, program_year=year)
    if membership.leader.user_id == by.pk and (plan := there.first()) is not None:
        return plan
    if not may_start_plan(by, membership, year):
        raise RefusedError(_("A plan is begun by a participant herself, in an open year of her cohort."))
    try:
        with transaction.atomic():
            return _begin(membership, year, origin, carry_from)
    except IntegrityError:
        # The other click was faster by a hair.
        plan = there.first()
        if plan is None:
            raise
        return plan


def earlier_plans(membership: Membership, year: ProgramYear) -> list[GrowthPlan]:
    """The person's other plans, of whatever cohort of the district, the latest first."""
    plans = GrowthPlan.objects.filter(membership__leader_id=membership.leader_id)
    others = plans.exclude(membership=membership, program_year=year)
    return list(
        others.select_related("program_year__cohort", "competency").order_by(
            "-program_year__starts_on", "-pk"
        )
    )


def current_selection(membership: Membership, year: ProgramYear) -> CompetencySelection | None:
    rows = CompetencySelection.objects.current().filter(membership=membership, program_year=year)
    return rows.select_related("competency").first()


def _begin(
    membership: Membership, year: ProgramYear, origin: str, carry_from: GrowthPlan | None
) -> GrowthPlan:
    plan = GrowthPlan(membership=membership, program_year=year, origin=origin)
    selection = current_selection(membership, year)
    if selection is not None:
        plan.competency = selection.competency
    if origin == Origin.FOCUS:
        _from_focus(plan, selection)
    elif origin == Origin.CARRIED:
        _carry(plan, _source(membership, year, carry_from))
    elif origin == Origin.BLANK:
        plan.save()
    else:
        raise RefusedError(
            _("Choose how to begin: from your focus, from an earlier plan, or on a blank page.")
        )
    return plan


def _from_focus(plan: GrowthPlan, selection: CompetencySelection | None) -> None:
    if selection is None:
        raise RefusedError(_("You have not chosen a focus competency for this year yet. Choose it first."))
    plan.rationale = selection.rationale
    plan.save()


def _source(membership: Membership, year: ProgramYear, wanted: GrowthPlan | None) -> GrowthPlan:
    found = earlier_plans(membership, year)
    if wanted is not None:
        found = [plan for plan in found if plan.pk == wanted.pk]
    if not found:
        raise RefusedError(_("There is no earlier plan of yours to carry forward."))
    return found[0]


def _carry(plan: GrowthPlan, source: GrowthPlan) -> None:
    """Words and open steps come along, dates and states do not: last year's day is not this year's."""
    plan.carried_from = source
    if plan.competency is None:
        plan.competency = _same_in_year(plan.program_year, source.competency)
    for name in ("rationale", "school_goal", "division_goal"):
        setattr(plan, name, getattr(source, name))
    plan.save()
    for place, goal in enumerate(source.goals.select_related("competency")):
        carried = Goal.objects.create(
            plan=plan,
            position=place,
            statement=goal.statement,
            success=goal.success,
            competency=_same_in_year(plan.program_year, goal.competency),
        )
        if carried.competency_id == goal.competency_id:
            carried.indicators.set(goal.indicators.all())
        _carry_steps(goal, carried)


def _carry_steps(goal: Goal, into: Goal) -> None:
    kept = goal.steps.exclude(status__in=ENDED)
    ActionStep.objects.bulk_create(
        ActionStep(
            goal=into,
            position=place,
            what=step.what,
            material=step.material,
            money=step.money,
            release_days=step.release_days,
            with_whom=step.with_whom,
        )
        for place, step in enumerate(kept)
    )


def _same_in_year(year: ProgramYear, node: StandardNode | None) -> StandardNode | None:
    """The competency itself, or the one with its code in the year's own version of the standard."""
    if node is None or node.standard_id == year.standard_id:
        return node
    if not node.code:
        return None
    return StandardNode.objects.filter(standard_id=year.standard_id, code=node.code).first()
