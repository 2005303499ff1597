"""Every permission of this app, each with a sentence that a director can read.

Who may know of a plan at all is `GrowthPlan.objects.visible_to(user)` (no: 404). The functions below answer
"may this person do it?" (no: 403).
"""

from __future__ import annotations

from typing import Any

from cohorts.models import Membership, ProgramYear
from cohorts.permissions import may_choose_focus
from growthplans.models import GrowthPlan, Reflection


def is_author(user: Any, plan: GrowthPlan) -> bool:
    """A plan belongs to the person who wrote it, as long as she is on the district's roll."""
    leader = plan.membership.leader
    return leader.user_id == user.pk and leader.is_active


def may_start_plan(user: Any, membership: Membership, year: ProgramYear) -> bool:
    """A participant begins her own plan, in a year of her cohort that is open."""
    return may_choose_focus(user, membership) and membership.cohort_id == year.cohort_id and year.is_open


def may_edit_plan(user: Any, plan: GrowthPlan) -> bool:
    """Only the author changes the words of a plan, and no state of the plan takes that away."""
    return is_author(user, plan)


def may_read_history(user: Any, plan: GrowthPlan) -> bool:
    """Earlier wordings are the author's own: readers see what stands in the plan now."""
    return is_author(user, plan)


def may_read_reflection(user: Any, reflection: Reflection) -> bool:
    """A reflection is the author's alone until she releases it to the readers of her plan."""
    return reflection.released_at is not None or is_author(user, reflection.plan)
