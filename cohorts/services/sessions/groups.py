"""Dialogue groups of a session: who is in the room, mixed by school and by past groups."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Appointment, DialogueGroup, GroupSeat, LearningSession, Membership
from cohorts.planning.groups import Person, split
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.guarding import locked_session
from cohorts.services.sessions.years import rules_of


@transaction.atomic
def form_groups(*, by: Any, session: LearningSession, seed: int = 0) -> list[DialogueGroup]:
    """New groups in place of the present ones: of those who have arrived, else of all participants.

    Another `seed` gives other groups. Past groups of the cohort are remembered, the present ones are not.
    """
    session = locked_session(by, session)
    members = who_to_group(session)
    if not members:
        raise RefusedError(_("The cohort has no participants to put into groups."))
    schools = dict(
        Appointment.objects.current()
        .filter(leader__memberships__in=[member.pk for member in members])
        .values_list("leader_id", "school_id")
    )
    people = [Person(member.pk, schools.get(member.leader_id)) for member in members]
    rules = rules_of(session.program_year.cohort)
    found = split(people, least=rules.group_least, most=rules.group_most, past=past_pairs(session), seed=seed)
    session.groups.all().delete()
    groups = DialogueGroup.objects.bulk_create(
        DialogueGroup(session=session, number=number) for number in range(1, len(found) + 1)
    )
    GroupSeat.objects.bulk_create(
        GroupSeat(group=group, session=session, membership_id=person.key)
        for group, row in zip(groups, found, strict=True)
        for person in row
    )
    return groups


@transaction.atomic
def move_to_group(*, by: Any, session: LearningSession, membership_id: int, number: int) -> None:
    """Seat one person in another group of the session."""
    session = locked_session(by, session)
    group = session.groups.filter(number=number).first()
    seat = session.group_seats.filter(membership_id=membership_id).first()
    if group is None or seat is None:
        raise RefusedError(_("Choose a person and a group on the page."))
    seat.group = group
    seat.save(update_fields=["group"])


def who_to_group(session: LearningSession) -> list[Membership]:
    """Participants who have arrived and not left; before anybody has, all of them."""
    members = Membership.objects.current().participants()
    members = members.filter(cohort_id=session.program_year.cohort_id).by_name()
    here = set(session.attendance.filter(left_at=None).values_list("membership_id", flat=True))
    return [member for member in members if not here or member.pk in here]


def past_pairs(session: LearningSession) -> Counter[frozenset]:
    """How often each two have sat together in other sessions of the cohort."""
    seats = GroupSeat.objects.filter(session__program_year__cohort_id=session.program_year.cohort_id)
    by_group: dict[int, list[int]] = {}
    for group, member in seats.exclude(session=session).values_list("group_id", "membership_id"):
        by_group.setdefault(group, []).append(member)
    return Counter(frozenset(pair) for row in by_group.values() for pair in combinations(row, 2))
