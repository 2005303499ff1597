"""The coarse facts of a person on the day the answers are sent."""

from __future__ import annotations

from cohorts.models import Appointment, CompetencySelection, Membership
from surveys.facts import Facts, role_group_of, school_level_of
from surveys.models import Wave


def facts_of(membership: Membership, wave: Wave) -> Facts:
    """Two queries: every choice of focus up to the wave's year, and the open post."""
    focus, changed = _focus(membership, wave)
    post = (
        Appointment.objects.current().filter(leader_id=membership.leader_id).select_related("school").first()
    )
    if post is None:
        return Facts(focus=focus, changed=changed)
    return Facts(
        focus=focus,
        changed=changed,
        role_group=role_group_of(post.role_kind),
        school_level=school_level_of(post.school.kind, post.school.grades),
    )


def _focus(membership: Membership, wave: Wave) -> tuple[int | None, bool | None]:
    """The focus of the wave's year, and whether the choice before it was another one."""
    year = wave.program_year
    rows = CompetencySelection.objects.filter(
        membership=membership, program_year__starts_on__lte=year.starts_on
    ).order_by("program_year__starts_on", "chosen_at", "pk")
    choices = list(rows.values_list("program_year_id", "competency_id"))
    if not choices or choices[-1][0] != year.pk:
        return None, None
    focus = choices[-1][1]
    return focus, len(choices) > 1 and choices[-2][1] != focus
