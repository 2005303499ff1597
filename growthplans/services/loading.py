"""The plan under its lock, for somebody who may read it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import GrowthPlan
from growthplans.services.revisions import locked_plan


def readable(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """The plan, locked, as it stands now. Raises RefusedError when the person no longer reads it."""
    found = locked_plan(plan.pk)
    if not GrowthPlan.objects.visible_to(by).filter(pk=found.pk).exists():
        raise RefusedError(_("You no longer read this plan."))
    return found
