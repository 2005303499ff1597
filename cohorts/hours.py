"""What people attended: minutes a session, a year, and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cohorts.models import Attendance, LearningSession, Membership, ProgramYear
from cohorts.planning.hours import Presence, Stay, in_hours, presence


@dataclass(frozen=True)
class Attended:
    """One session of one person; `presence` is None where she was not there."""

    session: LearningSession
    presence: Presence | None


def of_session(session: LearningSession) -> dict[int, Presence]:
    """Membership → presence, for everybody who was there; one query."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    rows = session.attendance.values_list("membership_id", "arrived_at", "left_at")
    for member, arrived, left in rows:
        stays[member].append(Stay(arrived, left))
    found = {key: presence(each, session.starts_at, session.ends_at) for key, each in stays.items()}
    return {key: each for key, each in found.items() if each is not None}


def of_year(year: ProgramYear) -> dict[int, dict[int, Presence]]:
    """Membership → session → presence, for a whole year; two queries."""
    return _by_member(year.learning_sessions.all(), Attendance.objects.filter(session__program_year=year))


def of_memberships(
    members: Iterable[Membership], sessions: Iterable[LearningSession]
) -> dict[int, list[Attended]]:
    """Membership → each session with what the person attended of it."""
    sessions, members = list(sessions), list(members)
    rows = Attendance.objects.filter(
        membership__in=[each.pk for each in members], session__in=[each.pk for each in sessions]
    )
    found = _by_member(sessions, rows)
    return {
        member.pk: [
            Attended(session, found.get(member.pk, {}).get(session.pk))
            for session in sessions
            if session.program_year.cohort_id == member.cohort_id
        ]
        for member in members
    }


@dataclass(frozen=True)
class YearAttended:
    """One program year of one person: its sessions that have been held, and the sums."""

    year: ProgramYear
    attended: list[Attended]
    minutes: int

    @property
    def hours(self) -> str:
        return in_hours(self.minutes)

    @property
    def count(self) -> int:
        return sum(each.presence is not None for each in self.attended)


@dataclass(frozen=True)
class Transcript:
    name: str
    years: list[YearAttended]

    @property
    def hours(self) -> str:
        return in_hours(sum(year.minutes for year in self.years))


def transcript(user: Any) -> Transcript:
    """Everything a person attended as a participant, the latest year first; memberships that ended too."""
    members = list(Membership.objects.of_person(user).participants())
    sessions = list(
        LearningSession.objects.filter(
            program_year__cohort__in=[each.cohort_id for each in members], ends_at__lte=timezone.now()
        )
        .exclude(program_year__state=ProgramYear.State.DRAFT)
        .select_related("program_year__cohort__district")
        .order_by("starts_at")
    )
    by_year: dict[int, list[Attended]] = defaultdict(list)
    for member in of_memberships(members, sessions).values():
        for each in member:
            by_year[each.session.program_year_id].append(each)
    years = [YearAttended(rows[0].session.program_year, rows, total(rows)) for rows in by_year.values()]
    years.sort(key=lambda each: each.year.starts_on, reverse=True)
    return Transcript(user.get_full_name(), years)


def _by_member(sessions: Iterable[LearningSession], rows: Any) -> dict[int, dict[int, Presence]]:
    by_key = {session.pk: session for session in sessions}
    stays: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    for member, key, arrived, left in rows.values_list(
        "membership_id", "session_id", "arrived_at", "left_at"
    ):
        stays[member, key].append(Stay(arrived, left))
    found: dict[int, dict[int, Presence]] = defaultdict(dict)
    for (member, key), each in stays.items():
        there = presence(each, by_key[key].starts_at, by_key[key].ends_at)
        if there is not None:
            found[member][key] = there
    return dict(found)


def total(attended: Iterable[Attended]) -> int:
    """Minutes in all."""
    return sum(each.presence.minutes for each in attended if each.presence is not None)
