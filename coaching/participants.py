"""Who of a program year can be seated, in the words of coaching.matching."""

from __future__ import annotations

from typing import Any

from coaching.matching import Person, Rules
from cohorts.models import Appointment, CompetencySelection, Membership, ProgramYear, Supervision, TrioSeat


def waiting_people(year: ProgramYear) -> list[Person]:
    """Current participants who have chosen a focus; ids are those of their memberships.

    A fixed number of queries. Someone without an open post takes part without a school.
    """
    members = Membership.objects.in_year(year).participants().current()
    members = members.select_related("leader__user", "leader").order_by("pk")
    focus = dict(
        CompetencySelection.objects.current()
        .filter(program_year=year)
        .values_list("membership_id", "competency_id")
    )
    labels = {node.pk: str(node) for node in year.standard.nodes.filter(pk__in=set(focus.values()))}
    chosen = [member for member in members if member.pk in focus]
    posts = _posts([member.leader_id for member in chosen])
    membership_of = {member.leader_id: str(member.pk) for member in chosen}
    above = dict(
        Supervision.objects.current()
        .filter(leader_id__in=membership_of, supervisor_id__in=membership_of)
        .values_list("leader_id", "supervisor_id")
    )
    last = _last_trios(year)
    return [
        Person(
            id=str(member.pk),
            name=str(member.leader),
            competency=labels[focus[member.pk]],
            experience=_experience(member, year),
            supervisor=membership_of.get(above.get(member.leader_id), ""),
            last_trio=last.get(member.leader_id, ""),
            **posts.get(member.leader_id, {}),
        )
        for member in chosen
    ]


def _experience(member: Membership, year: ProgramYear) -> float | None:
    since = member.leader.leads_since
    return None if since is None else float(max(0, year.starts_on.year - since))


def _posts(leaders: list[int]) -> dict[int, dict[str, Any]]:
    found = Appointment.objects.current().filter(leader_id__in=leaders).select_related("school")
    return {
        post.leader_id: {
            "school": str(post.school_id),
            "lat": None if post.school.latitude is None else float(post.school.latitude),
            "lng": None if post.school.longitude is None else float(post.school.longitude),
            "role": post.role_kind,
            "context": post.school.grades,
        }
        for post in found
    }


def _last_trios(year: ProgramYear) -> dict[int, str]:
    """Leader → the trio of the cohort's year before, as it ended."""
    before = ProgramYear.objects.before(year).first()
    if before is None:
        return {}
    seats = TrioSeat.objects.current().filter(program_year=before, trio__published_at__isnull=False)
    return {leader: str(trio) for leader, trio in seats.values_list("membership__leader_id", "trio_id")}


def rules_of(year: ProgramYear, **given: Any) -> Rules:
    """The year's own policy; `given` adds seed and time limit."""
    return Rules(pairs_allowed=year.pairs_allowed, **given)
