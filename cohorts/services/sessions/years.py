"""A year of sessions at once, and moving one of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import AgendaRules, Cohort, LearningSession, ProgramYear, School, SchoolCalendar
from cohorts.models.session_rules import day_refusal
from cohorts.permissions import may_plan_sessions
from cohorts.planning.days import PlannedDays, TooFewDaysError, plan_days, rotate
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.guarding import checked, locked_session
from cohorts.services.sessions.letters import note_before_move, tell_of_move

MOST_SESSIONS = 12


@dataclass(frozen=True)
class Wish:
    """What a planner asks for. Times are by the district's clock; weekday 0 is Monday."""

    count: int
    interval: int
    weekday: int
    starts: datetime.time
    ends: datetime.time
    first: datetime.date


@dataclass(frozen=True)
class Proposal:
    """Days and hosts that nobody has stored yet; `hosts` is empty where the district has no school."""

    days: PlannedDays
    hosts: list[School]

    @property
    def rows(self) -> list[dict[str, Any]]:
        hosts: Sequence[School | None] = self.hosts or [None] * len(self.days.days)
        gaps = [None, *self.days.gaps]
        outside = {place + 1 for place in self.days.outside}
        return [
            {"day": day, "host": host, "gap": gap, "outside": place in outside}
            for place, (day, host, gap) in enumerate(zip(self.days.days, hosts, gaps, strict=True))
        ]


def propose(*, year: ProgramYear, wish: Wish) -> Proposal:
    """The best days for the wish, and a host for each. Raises RefusedError where the days are too few."""
    rules = rules_of(year.cohort)
    off = _days_off(year.calendar)
    first = max(wish.first, year.starts_on)
    try:
        days = plan_days(
            count=wish.count,
            interval=wish.interval,
            first=first,
            last=year.ends_on,
            weekday=wish.weekday,
            has_school=lambda day: _has_school(year.calendar, off, day),
            least=rules.interval_least,
            most=rules.interval_most,
        )
    except TooFewDaysError as error:
        sentence = _(
            "From %(first)s to the end of the year there are %(found)d such school days, "
            "fewer than the %(count)d sessions. Choose another weekday or fewer sessions."
        )
        words = {"first": first, "found": error.found, "count": wish.count}
        raise RefusedError(sentence % words) from error
    return Proposal(days, _hosts(year.cohort, wish.count))


@transaction.atomic
def generate_year(*, by: Any, year: ProgramYear, wish: Wish) -> list[LearningSession]:
    """Store the proposal. Sessions that the year has already stay; what would touch them is refused whole."""
    year = ProgramYear.objects.select_related("cohort__district", "calendar").get(pk=year.pk)
    if not may_plan_sessions(by, year):
        raise PermissionDenied
    # Two planners at once: the second sees what the first has stored, and is told.
    Cohort.objects.select_for_update().get(pk=year.cohort_id)
    proposal = propose(year=year, wish=wish)
    taken = set(year.learning_sessions.values_list("number", flat=True))
    numbers = [n for n in range(1, len(taken) + wish.count + 1) if n not in taken]
    made = []
    for number, row in zip(numbers, proposal.rows, strict=False):
        starts_at, ends_at = instants(year, row["day"], wish.starts, wish.ends)
        session = LearningSession(
            program_year=year,
            number=number,
            title=_("Learning session %(number)d") % {"number": number},
            starts_at=starts_at,
            ends_at=ends_at,
            host=row["host"],
        )
        checked(session)
        session.save()
        made.append(session)
    return made


@transaction.atomic
def move_session(
    *,
    by: Any,
    session: LearningSession,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    host: School | None = None,
    place: str = "",
) -> LearningSession:
    """Give one session another time or place; the others stay. Everybody of the cohort is told of a change.

    The agenda, what was asked and who hosts stay with it. Raises RefusedError with each reason against it.
    """
    session = locked_session(by, session, may_plan_sessions)
    before = (session.starts_at, session.ends_at, session.host_id, session.place)
    if session.program_year.is_open:
        note_before_move(session)
    session.starts_at, session.ends_at, session.host, session.place = starts_at, ends_at, host, place
    if before == (starts_at, ends_at, host.pk if host else None, place):
        return session
    checked(session)
    session.revision += 1
    session.save()
    tell_of_move(by=by, session=session, was=before[:2])
    return session


def rules_of(cohort: Cohort) -> AgendaRules:
    """The cohort's thresholds, or the usual ones."""
    return AgendaRules.objects.filter(cohort=cohort).first() or AgendaRules(cohort=cohort)


def instants(
    year: ProgramYear, day: datetime.date, starts: datetime.time, ends: datetime.time
) -> tuple[datetime.datetime, datetime.datetime]:
    zone = ZoneInfo(year.cohort.district.time_zone)
    return tuple(datetime.datetime.combine(day, time, tzinfo=zone) for time in (starts, ends))  # type: ignore[return-value]


def _days_off(calendar: SchoolCalendar | None) -> list[tuple[datetime.date, datetime.date]]:
    return list(calendar.no_school_days.values_list("first_day", "last_day")) if calendar else []


def _has_school(
    calendar: SchoolCalendar | None, off: list[tuple[datetime.date, datetime.date]], day: datetime.date
) -> bool:
    """As SchoolCalendar.has_school_on, for a whole year without a question for each day."""
    if day.weekday() >= 5:
        return False
    if calendar is not None and not calendar.first_day <= day <= calendar.last_day:
        return False
    return not any(first <= day <= last for first, last in off)


def _hosts(cohort: Cohort, count: int) -> list[School]:
    schools = list(
        School.objects.filter(district=cohort.district, is_active=True, kind=School.Kind.SCHOOL).order_by(
            "name", "pk"
        )
    )
    held = LearningSession.objects.filter(program_year__cohort=cohort, host__isnull=False)
    by_key = {school.pk: school for school in schools}
    hosted = [by_key[pk] for pk in held.values_list("host_id", flat=True) if pk in by_key]
    return rotate(schools, hosted, count)


__all__ = [
    "Proposal",
    "Wish",
    "day_refusal",
    "generate_year",
    "instants",
    "move_session",
    "propose",
    "rules_of",
]
