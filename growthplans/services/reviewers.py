"""Who can be named as the reviewer of a plan, by the policy of its program year."""

from __future__ import annotations

from cohorts.models import Appointment, Leader, Membership, ProgramYear, Supervision
from growthplans.models import GrowthPlan

# Those who lead from the division office; principals read each other's plans in their trios.
DIVISION_ROLES = (
    Appointment.Role.SUPERINTENDENT,
    Appointment.Role.ASSISTANT_SUPERINTENDENT,
    Appointment.Role.DIRECTOR,
)


def possible_reviewers(plan: GrowthPlan) -> list[Leader]:
    """Whom the author may name, by name. Where the policy finds nobody, any division leader may read."""
    author = plan.membership.leader
    policy = plan.program_year.plan_reviewers
    everyone = Leader.objects.active().filter(district_id=author.district_id).exclude(pk=author.pk)
    named = everyone.none()
    if policy == ProgramYear.Reviewers.SUPERVISOR:
        lines = Supervision.objects.current().filter(leader=author)
        named = everyone.filter(pk__in=lines.values("supervisor"))
    elif policy == ProgramYear.Reviewers.LEADS:
        leads = Membership.objects.current().leads().filter(cohort_id=plan.program_year.cohort_id)
        named = everyone.filter(pk__in=leads.values("leader"))
    found = list(named.with_post().order_by("user__name", "pk"))
    if found:
        return found
    posts = Appointment.objects.current().filter(role_kind__in=DIVISION_ROLES)
    division = everyone.filter(pk__in=posts.values("leader"))
    return list(division.with_post().order_by("user__name", "pk"))
