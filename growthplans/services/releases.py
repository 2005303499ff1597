"""The author's signed release of a plan for use in evaluation: off by default, and hers to withdraw."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import EvaluationRelease, GrowthPlan
from growthplans.permissions import is_author
from growthplans.services.loading import readable


@transaction.atomic
def release(*, by: Any, plan: GrowthPlan, signed_name: str, purpose: str) -> EvaluationRelease:
    """Sign that this plan may be used in evaluation, for the purpose that is written down.

    It opens the plan to nobody: it records that the author agreed, with the day.
    """
    plan = _own(by, plan)
    if plan.releases.filter(withdrawn_at=None).exists():
        raise RefusedError(_("You have signed a release for this plan already. Withdraw it first."))
    if " ".join(signed_name.casefold().split()) != " ".join(by.get_full_name().casefold().split()):
        raise RefusedError(
            _("Sign with your name as it stands in your profile: %(name)s.") % {"name": by.get_full_name()}
        )
    if not purpose.strip():
        raise RefusedError(_("Say for what the plan may be used."))
    return EvaluationRelease.objects.create(
        plan=plan, signed_name=signed_name.strip(), purpose=purpose.strip(), signed_at=timezone.now()
    )


@transaction.atomic
def withdraw_release(*, by: Any, plan: GrowthPlan) -> None:
    """From now on the plan is not released; that it once was stays written down."""
    plan = _own(by, plan)
    plan.releases.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


def _own(by: Any, plan: GrowthPlan) -> GrowthPlan:
    plan = readable(by=by, plan=plan)
    if not is_author(by, plan):
        raise RefusedError(_("Only the author releases a growth plan."))
    return plan
