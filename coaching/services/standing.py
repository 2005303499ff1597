"""What a program lead sees of a year's trios: dates, held or not, rounds and visits. No words of anybody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from coaching.models import CoachingSession, settings_of
from coaching.rounds import rounds_due
from cohorts.models import ProgramYear, Trio
from leaderdev.common.dates import today_in


@dataclass(frozen=True)
class Appointment:
    """One meeting as a lead may know of it."""

    starts_at: datetime.datetime
    state: str
    visit: bool


@dataclass
class TrioStanding:
    number: int
    competency: str
    held: int = 0
    missed: int = 0
    visits: int = 0
    next_at: datetime.datetime | None = None
    appointments: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True)
class YearStanding:
    """`due`: rounds that the cadence has asked of the trios that were published first."""

    trios: list[TrioStanding]
    due: int
    held: int
    missed: int
    visits: int


def standing_of_year(year: ProgramYear) -> YearStanding:
    """Rounds and visits of each published trio. Two queries, and only columns without words."""
    rows_of_trios = Trio.objects.published().filter(program_year=year).select_related("competency")
    trios = list(rows_of_trios.order_by("number"))
    found = {trio.pk: TrioStanding(trio.number, trio.competency.coded_label) for trio in trios}
    meetings = CoachingSession.objects.filter(trio__in=found, starts_at__isnull=False).order_by("starts_at")
    now = timezone.now()
    for trio_id, starts_at, state, kind in meetings.values_list("trio_id", "starts_at", "state", "kind"):
        if starts_at is not None and state != CoachingSession.State.PROPOSED:
            _count(found[trio_id], Appointment(starts_at, state, kind == CoachingSession.Kind.VISIT), now)
    policy = settings_of(year)
    rows = list(found.values())
    return YearStanding(
        trios=rows,
        due=max((due_of_trio(trio, year, policy.cadence, now) for trio in trios), default=0),
        held=sum(row.held for row in rows),
        missed=sum(row.missed for row in rows),
        visits=sum(row.visits for row in rows),
    )


def due_of_trio(trio: Trio, year: ProgramYear, cadence: str, now: datetime.datetime) -> int:
    """Rounds that the cadence has asked of the trio until now: from the day on which it was published."""
    zone = year.cohort.district.time_zone
    formed = today_in(zone, trio.published_at) if trio.published_at else year.starts_on
    return rounds_due(max(formed, year.starts_on), min(today_in(zone, now), year.ends_on), cadence)


def _count(row: TrioStanding, one: Appointment, now: datetime.datetime) -> None:
    states = CoachingSession.State
    if one.state == states.CANCELLED:
        return
    row.appointments.append(one)
    if one.state in (states.HELD, states.PARTLY):
        row.held += 1
        row.visits += one.visit
    elif one.state == states.NOT_HELD:
        row.missed += 1
    elif one.starts_at > now and row.next_at is None:
        row.next_at = one.starts_at
