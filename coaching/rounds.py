"""When rounds are due, and on which days a series falls. Pure: dates in, dates out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

LAST = 5
SIX_WEEKS = datetime.timedelta(weeks=6)
MONTHS = {"monthly": 1, "two_months": 2}


class NoSuchTimeError(ValueError):
    """The clock of that day jumps over this time."""


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month; the last day of a shorter month."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_day(first: datetime.date, number: int, cadence: str) -> datetime.date:
    """The day by which round `number` (from 1) is to have been held, counted from the first day."""
    if cadence in MONTHS:
        return months_later(first, number * MONTHS[cadence])
    return first + number * SIX_WEEKS


def rounds_due(first: datetime.date, today: datetime.date, cadence: str) -> int:
    """How many rounds the cadence has asked for until today."""
    number = 0
    while due_day(first, number + 1, cadence) <= today:
        number += 1
    return number


def nth_weekday(year: int, month: int, weekday: int, week: int) -> datetime.date:
    """The first to fourth, or with 5 the last, Monday (0) to Friday (4) of a month."""
    days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month]
    matching = [day for day in days if day.weekday() == weekday]
    return matching[-1] if week == LAST else matching[week - 1]


def series_days(
    after: datetime.date, until: datetime.date, *, weekday: int, week: int
) -> Iterator[datetime.date]:
    """Each month's day later than `after` and not later than `until`."""
    month = after.replace(day=1)
    while month <= until:
        day = nth_weekday(month.year, month.month, weekday, week)
        if after < day <= until:
            yield day
        month = months_later(month, 1)


def instant(day: datetime.date, at: datetime.time, zone: str) -> datetime.datetime:
    """The UTC instant of a clock time. Of a doubled hour the first; a skipped one raises NoSuchTimeError."""
    local = datetime.datetime.combine(day, at, ZoneInfo(zone))
    found = local.astimezone(datetime.UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError
    return found
