"""From a wall clock to instants: “Tuesdays 9:00–11:30” in a zone, on days when the clock jumps too.

A stretch of local time means every instant at which that clock shows a time within it. In the hour that
spring leaves out nothing lies; the hour that autumn repeats lies in it twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coaching.availability.spans import Span, merged

DAY_MINUTES = 24 * 60
_MINUTE = datetime.timedelta(minutes=1)
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True)
class WeeklyHours:
    """Every week on one weekday (0 is Monday), from `starts` to `ends` in minutes after midnight."""

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True)
class DayRule:
    """From `starts` to `ends` (minutes after midnight) on each day from first to last, both included."""

    first_day: datetime.date
    last_day: datetime.date
    starts: int = 0
    ends: int = DAY_MINUTES


class _Stretch(NamedTuple):
    """UTC, without a zone, between two jumps of a clock, and how far the clock is ahead in between."""

    start: datetime.datetime
    end: datetime.datetime
    ahead: datetime.timedelta


def local_spans(
    zone: str,
    within: Span,
    weekly: Iterable[WeeklyHours] = (),
    days: Iterable[DayRule] = (),
) -> list[Span]:
    """The instants of `within` that weekly hours or rules for single days cover on a zone's clock."""
    by_weekday: dict[int, list[WeeklyHours]] = {}
    for hours in weekly:
        by_weekday.setdefault(hours.weekday, []).append(hours)
    rules = list(days)
    found = []
    for stretch in _stretches(ZoneInfo(zone), within):
        first, last = stretch.start + stretch.ahead, stretch.end + stretch.ahead
        day = first.date()
        while datetime.datetime.combine(day, datetime.time()) < last:
            covered = [(h.starts, h.ends) for h in by_weekday.get(day.weekday(), ())]
            covered += [(r.starts, r.ends) for r in rules if r.first_day <= day <= r.last_day]
            midnight = datetime.datetime.combine(day, datetime.time())
            for starts, ends in covered:
                start = max(first, midnight + starts * _MINUTE) - stretch.ahead
                end = min(last, midnight + ends * _MINUTE) - stretch.ahead
                found.append(Span(start.replace(tzinfo=datetime.UTC), end.replace(tzinfo=datetime.UTC)))
            day += _DAY
    return merged(found)


def _stretches(zone: ZoneInfo, within: Span) -> Iterator[_Stretch]:
    """Cut at every jump. A day's steps are fine enough: no zone jumps there and back within one."""
    at = within.start.astimezone(datetime.UTC).replace(tzinfo=None)
    end = within.end.astimezone(datetime.UTC).replace(tzinfo=None)
    began, ahead = at, _ahead(zone, at)
    while at < end:
        step = min(at + _DAY, end)
        then = _ahead(zone, step)
        if then != ahead:
            jump = _jump(zone, at, step)
            yield _Stretch(began, jump, ahead)
            began, ahead = jump, then
        at = step
    if began < end:
        yield _Stretch(began, end, ahead)


def _jump(zone: ZoneInfo, before: datetime.datetime, after: datetime.datetime) -> datetime.datetime:
    """The first minute whose clock differs from the one at `before`, by halving."""
    # Jumps come at whole minutes of UTC; the caller's span need not begin on one.
    low, high = before.replace(second=0, microsecond=0), after
    ahead = _ahead(zone, before)
    while high - low > _MINUTE:
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        middle = max(middle, low + _MINUTE)
        if _ahead(zone, middle) == ahead:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def _ahead(zone: ZoneInfo, naive_utc: datetime.datetime) -> datetime.timedelta:
    offset = naive_utc.replace(tzinfo=datetime.UTC).astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 (a ZoneInfo always has one)
    return offset
