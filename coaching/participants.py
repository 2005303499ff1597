"""Who of a program year can be seated, in the words of coaching.matching."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from coaching.availability import Span
from coaching.free_time import free_time_of
from coaching.matching import Person, Rules
from coaching.matching.plain import plain_person
from coaching.models import Availability, TravelMinutes, TrioWishes
from cohorts.models import Appointment, CompetencySelection, Membership, ProgramYear, Supervision, TrioSeat

# What availability says about four weeks is what it says about the year; visits need a half-day of them.
WEEKS_LOOKED_AT = 4
# Morning and afternoon of a school day, and how long somebody must be free in it for a visit.
HALF_DAYS = ((datetime.time(8), datetime.time(12)), (datetime.time(12), datetime.time(16, 30)))
VISIT = datetime.timedelta(minutes=150)


@dataclass(frozen=True)
class Participant:
    """A current participant of the year. person: None for somebody who has not chosen a focus."""

    membership: Membership
    competency_id: int | None
    post: Appointment | None
    person: Person | None

    @property
    def name(self) -> str:
        return str(self.membership.leader)

    @property
    def school_name(self) -> str:
        return self.post.school.name if self.post else ""

    @property
    def obstacle(self) -> str:
        """Why this person is not ready, in a sentence; nothing for somebody who is."""
        if not self.membership.leader.user.is_active:
            return _("The account is closed: open it again, or end the membership.")
        if self.person is None:
            return _("No focus competency is chosen yet.")
        if self.post is None:
            return _("No school is known: enter a post in the set-up.")
        return ""

    @property
    def ready(self) -> bool:
        return not self.obstacle

    def row(self) -> dict[str, Any]:
        """For the input snapshot: the person in plain values, and what a page shows of them."""
        assert self.person is not None  # noqa: S101  only people who have chosen are formed
        return {
            **plain_person(self.person),
            "school_name": self.school_name,
            "competency_id": self.competency_id,
        }


def participants_of(year: ProgramYear) -> list[Participant]:
    """Everyone who takes part now, by membership; a fixed number of queries."""
    members = Membership.objects.in_year(year).participants().filter(left_on=None, leader__is_active=True)
    members = list(members.select_related("leader__user", "leader").order_by("pk"))
    focus = dict(
        CompetencySelection.objects.current()
        .filter(program_year=year)
        .values_list("membership_id", "competency_id")
    )
    labels = {node.pk: node.coded_label for node in year.standard.nodes.filter(pk__in=set(focus.values()))}
    leaders = [member.leader_id for member in members]
    posts = {
        post.leader_id: post
        for post in Appointment.objects.current().filter(leader_id__in=leaders).select_related("school")
    }
    membership_of = {member.leader_id: str(member.pk) for member in members}
    above = dict(
        Supervision.objects.current()
        .filter(leader_id__in=leaders, supervisor_id__in=leaders)
        .values_list("leader_id", "supervisor_id")
    )
    wishes = {wish.membership_id: wish for wish in TrioWishes.objects.filter(program_year=year)}
    last, free = _last_trios(year), _half_days(year, members)
    found = []
    for member in members:
        person = None
        if member.pk in focus:
            person = Person(
                id=str(member.pk),
                name=str(member.leader),
                competency=labels[focus[member.pk]],
                experience=_experience(member, year),
                supervisor=membership_of.get(above.get(member.leader_id, 0), ""),
                last_trio=last.get(member.leader_id, ""),
                free=free.get(member.leader.user_id, frozenset()),
                **_wished(wishes.get(member.pk)),
                **_held(posts.get(member.leader_id)),
            )
        found.append(Participant(member, focus.get(member.pk), posts.get(member.leader_id), person))
    return found


def waiting_people(year: ProgramYear) -> list[Person]:
    """Current participants who have chosen a focus and may sign in; ids are those of their memberships.

    Someone without an open post takes part without a school.
    """
    return [
        one.person
        for one in participants_of(year)
        if one.person is not None and one.membership.leader.user.is_active
    ]


def _wished(wishes: TrioWishes | None) -> dict[str, Any]:
    if wishes is None:
        return {}
    return {
        "wishes": tuple(map(str, wishes.partners)),
        "not_with": tuple(map(str, wishes.apart)),
        "context_wish": wishes.context,
    }


def _experience(member: Membership, year: ProgramYear) -> float | None:
    since = member.leader.leads_since
    return None if since is None else float(max(0, year.starts_on.year - since))


def _held(post: Appointment | None) -> dict[str, Any]:
    if post is None:
        return {}
    school = post.school
    return {
        "school": str(post.school_id),
        "lat": None if school.latitude is None else float(school.latitude),
        "lng": None if school.longitude is None else float(school.longitude),
        "role": str(post.get_role_kind_display()),
        "context": school.grades,
    }


def _last_trios(year: ProgramYear) -> dict[int, str]:
    """Leader → the trio of the cohort's year before, as it ended."""
    before = ProgramYear.objects.before(year).first()
    if before is None:
        return {}
    seats = TrioSeat.objects.current().filter(program_year=before, trio__published_at__isnull=False)
    return {leader: str(trio) for leader, trio in seats.values_list("membership__leader_id", "trio_id")}


def _half_days(year: ProgramYear, members: Sequence[Membership]) -> dict[int, frozenset[int]]:
    """User → half-days in which the person could receive or pay a visit; absent: who said nothing."""
    said = set(
        Availability.objects.of_people([member.leader.user_id for member in members]).values_list(
            "user_id", flat=True
        )
    )
    users = [member.leader.user for member in members if member.leader.user_id in said]
    if not users:
        return {}
    zone = ZoneInfo(year.cohort.district.time_zone)
    today = datetime.datetime.now(zone).date()
    first = min(max(today, year.starts_on), year.ends_on - datetime.timedelta(weeks=WEEKS_LOOKED_AT))
    days = [first + datetime.timedelta(days=number) for number in range(7 * WEEKS_LOOKED_AT)]
    halves = [
        (
            datetime.datetime.combine(day, start, zone).astimezone(datetime.UTC),
            datetime.datetime.combine(day, end, zone).astimezone(datetime.UTC),
        )
        for day in days
        if day.weekday() < 5
        for start, end in HALF_DAYS
    ]
    spans = free_time_of(users, Span(halves[0][0], halves[-1][1]))
    return {
        user: frozenset(
            number
            for number, (start, end) in enumerate(halves)
            if any(min(span.end, end) - max(span.start, start) >= VISIT for span in free)
        )
        for user, free in spans.items()
    }


def minutes_table(year: ProgramYear) -> dict[tuple[str, str], int] | None:
    """Driving minutes that the district brought, by keys of schools; None where it brought none."""
    rows = TravelMinutes.objects.filter(district_id=year.cohort.district_id)
    found = {
        (str(one), str(other)): minutes for one, other, minutes in rows.values_list("one", "other", "minutes")
    }
    return found or None


def rules_of(year: ProgramYear, **given: Any) -> Rules:
    """The year's own policy; `given` adds priorities, pins, seed and time limit."""
    return Rules(
        **{
            "pairs_allowed": year.pairs_allowed,
            "seats": year.trio_size,
            "minutes": minutes_table(year),
            **given,
        }
    )
