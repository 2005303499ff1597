"""What one person, and the district, said about time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coaching.availability.spans import Span, common, merged, subtract
from coaching.availability.travel import Place
from coaching.availability.weekly import DayRule, WeeklyHours, local_spans

# Somebody who has not said anything yet is taken to be at work then; pages say that it is only assumed.
_ASSUMED = (8 * 60, 16 * 60 + 30)


@dataclass(frozen=True)
class Seat:
    """One person's time: free in the weekly hours and the extra days, unless blocked or busy.

    `assumed` says that the person has not told when she is free and the usual hours stand in.
    """

    person: str
    zone: str
    weekly: tuple[WeeklyHours, ...] = ()
    extra: tuple[DayRule, ...] = ()
    blocked: tuple[DayRule, ...] = ()
    busy: tuple[Span, ...] = ()
    place: Place | None = None
    assumed: bool = False


@dataclass(frozen=True)
class SchoolYear:
    """The district's days: nobody meets before the first, after the last, or on a closed one."""

    zone: str
    first_day: datetime.date
    last_day: datetime.date
    closed: tuple[DayRule, ...] = field(default=())


def assumed_week() -> tuple[WeeklyHours, ...]:
    """Monday to Friday, 8:00–16:30."""
    return tuple(WeeklyHours(weekday, *_ASSUMED) for weekday in range(5))


def free_spans(seat: Seat, within: Span) -> list[Span]:
    """When the person can be asked, within a span; what blocks wins over what opens."""
    opened = local_spans(seat.zone, within, seat.weekly, seat.extra)
    blocked = local_spans(seat.zone, within, days=seat.blocked)
    return subtract(opened, [*blocked, *seat.busy])


def closed_spans(years: Sequence[SchoolYear], within: Span) -> list[Span]:
    """When no meeting is planned: outside of every year given, and on the closed days of each."""
    if not years:
        return []
    inside = [
        span
        for year in years
        for span in local_spans(year.zone, within, days=[DayRule(year.first_day, year.last_day)])
    ]
    closed = [span for year in years for span in local_spans(year.zone, within, days=year.closed)]
    return merged([*subtract([within], inside), *closed])


def shared_free(seats: Sequence[Seat], within: Span, *, closed: Iterable[Span] = ()) -> list[Span]:
    """When every seat is free and the district is open."""
    return subtract(common([free_spans(seat, within) for seat in seats]), closed)
