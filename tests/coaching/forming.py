"""A year with people who are ready to be seated, for the tests of forming trios."""

from __future__ import annotations

import datetime

from django.utils import timezone

from coaching.models import TrioProposal
from coaching.services.trio_proposals import form_proposal, propose_trios
from cohorts.models import Appointment, CompetencySelection, Membership, Trio, TrioSeat
from tests.cast import YEAR_START, Cast, join, make_leader, make_school

ROLES = ("principal", "assistant_principal", "director")


def choose(cast: Cast, member: Membership, competency: int = 0) -> CompetencySelection:
    node = cast.standard.nodes.competencies()[competency]
    return CompetencySelection.objects.create(
        membership=member, program_year=cast.year, competency=node, rationale="Because."
    )


def crowd(cast: Cast, people: int, *, competencies: int = 1) -> list[Membership]:
    """People at schools of their own, choosing the first competencies in turn; the year's trio is gone."""
    TrioSeat.objects.filter(program_year=cast.year).delete()
    Trio.objects.filter(program_year=cast.year).delete()
    found = []
    for number in range(people):
        school = make_school(
            cast.district,
            f"F{number}",
            f"Forming School {number}",
            latitude=f"{53 + number % 7 / 10:.1f}",
            longitude=f"{-113 - number % 5 / 10:.1f}",
        )
        leader = make_leader(
            cast.district,
            f"former{number}@{cast.district.slug}.example.ca",
            f"Former {number:02}",
            school=school,
            role_kind=ROLES[number % 3],
        )
        member = join(cast.cohort, leader)
        choose(cast, member, number % competencies)
        found.append(member)
    return found


def formed(cast: Cast, **given) -> TrioProposal:
    """A proposal as the worker leaves it."""
    proposal = propose_trios(by=cast.lead, year=cast.year, **given)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    return proposal


def a_proposal(cast: Cast) -> TrioProposal:
    """Six people in two trios; made once: asking again gives the same proposal."""
    there = TrioProposal.objects.filter(program_year=cast.year, number=1).first()
    if there is not None:
        return there
    members = [cast.members[name] for name in ("participant", "mate", "third", "bystander")]
    for member in members:
        if not CompetencySelection.objects.filter(membership=member, program_year=cast.year).exists():
            choose(cast, member)
    for number in range(2):
        leader = make_leader(
            cast.district,
            f"sixth{number}@{cast.district.slug}.example.ca",
            f"Sixth {number}",
            school=make_school(cast.district, f"S{number}"),
        )
        choose(cast, join(cast.cohort, leader))
    return formed(cast)


def seats(cast: Cast) -> dict[int, set[int]]:
    """Trio number → members who sit there now."""
    found: dict[int, set[int]] = {}
    for seat in TrioSeat.objects.filter(program_year=cast.year, left_on=None).select_related("trio"):
        found.setdefault(seat.trio.number, set()).add(seat.membership_id)
    return found


def leave(member: Membership) -> None:
    day = max(YEAR_START + datetime.timedelta(days=1), timezone.localdate())
    Membership.objects.filter(pk=member.pk).update(left_on=day)


def new_school(member: Membership, cast: Cast, code: str) -> None:
    Appointment.objects.filter(leader=member.leader).update(school=make_school(cast.district, code))
