"""Taking something from a session into one's own growth plan, by one's own click."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import DialogueKit, ProgramYear, Resource
from growthplans.models import ActionStep, Goal, GrowthPlan
from growthplans.services.arranging import add_step
from growthplans.services.editing import Conflict, save_fields
from leaderdev.common.refusals import RefusedError


def own_goals(user: Any, district_id: int) -> list[Goal]:
    """Goals of the person's own plans of open years in the district, in their order."""
    plans = GrowthPlan.objects.filter(
        membership__leader__user_id=user.pk,
        program_year__state=ProgramYear.State.OPEN,
        program_year__cohort__district_id=district_id,
    )
    rows = (
        Goal.objects.filter(plan__in=plans).select_related("plan__program_year").order_by("plan", "position")
    )
    return list(rows)


@transaction.atomic
def take_into_plan(*, by: Any, goal: Goal, what: str, material: str = "") -> ActionStep:
    """A new step under a goal of one's own. Raises RefusedError for a goal that is not, or a closed plan."""
    if not what.strip():
        raise RefusedError(_("Choose what you want to do."))
    step = add_step(by=by, plan=goal.plan, goal_id=goal.pk)
    values = {"what": what.strip()} | ({"material": material[:200]} if material else {})
    saved = save_fields(
        by=by, plan=goal.plan, part="step", part_id=step.pk, values=values, version=step.version
    )
    if isinstance(saved, Conflict):
        raise RefusedError(_("Your plan is being changed in another window. Try again."))
    step.refresh_from_db()
    return step


def outcomes_of(kit: DialogueKit) -> list[str]:
    return kit.lines("act")


def material_of(resource: Resource) -> str:
    """What stands in the step's own field: where to find it."""
    return resource.address or resource.title
