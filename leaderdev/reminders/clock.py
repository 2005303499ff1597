"""When a reminder leaves: from wishes in local time to instants in UTC. Pure.

A wish names a day ("a week before"), a morning and a zone. Days without school are left out, backward where
the thing is still to come (so that nobody hears too late), forward where it is over. All instants are aware
and UTC.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo

UTC = dt.UTC
# Before the first bell, after breakfast.
MORNING = dt.time(7, 30)
# Nobody is written to later than this; what was due waits for the next morning.
EVENING = dt.time(19)
# A digest leaves a little after the single mails, when every kind has been asked who is due.
DIGEST_AFTER = dt.timedelta(minutes=15)
# Longer than any holiday inside a school year; a calendar that is closed throughout must not loop for ever.
_FARTHEST_DAYS = 60
_DAY = dt.timedelta(days=1)
# "The day before" moved back over more than this is no reminder any more.
_LONG_WEEKEND_DAYS = 4
_NEAR_DAYS = 2

Anchor = dt.date | dt.datetime


@dataclass(frozen=True)
class SchoolDays:
    """Runs of days without school, both ends included, and weekends; every other day is one with school."""

    closed: tuple[tuple[dt.date, dt.date], ...] = ()

    def has(self, day: dt.date) -> bool:
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.closed)

    def nearest(self, day: dt.date, step: int) -> dt.date:
        """The day itself if there is school, else the next such day in the direction of `step` (1 or -1)."""
        for count in range(_FARTHEST_DAYS):
            tried = day + _DAY * (count * step)
            if self.has(tried):
                return tried
        return day


ALWAYS = SchoolDays()


@dataclass(frozen=True)
class Window:
    """Due from `due` on, of no use from `until` on. `thing_on`: the local day of the thing itself, if any."""

    due: dt.datetime
    until: dt.datetime
    thing_on: dt.date | None = None


@cache
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def instant(day: dt.date, at: dt.time, zone: str) -> dt.datetime:
    """The instant of a wall-clock time; a skipped one moves behind the jump, of two it is the first."""
    return dt.datetime.combine(day, at, zone_named(zone)).astimezone(UTC)


def day_of(anchor: Anchor, zone: str) -> dt.date:
    """The local day of a date (itself) or of an instant."""
    return anchor.astimezone(zone_named(zone)).date() if isinstance(anchor, dt.datetime) else anchor


def end_of(anchor: Anchor, zone: str) -> dt.datetime:
    """When a thing is over: an instant is over when it comes, a day at its midnight."""
    if isinstance(anchor, dt.datetime):
        return anchor
    return instant(anchor + _DAY, dt.time(0), zone)


@dataclass(frozen=True)
class Before:
    """So many days ahead, on a school day at or before that, never later than the thing."""

    days: int

    def window(self, anchor: Anchor, days: int, zone: str, school: SchoolDays) -> Window:
        thing = day_of(anchor, zone)
        day = thing - _DAY * days
        # "Unless the thing itself is then": what happens on a holiday may be announced on it.
        if day != thing:
            day = self._school_day(day, thing, school)
        due, until = instant(day, MORNING, zone), end_of(anchor, zone)
        if due >= until:
            # The thing comes before its own morning: the school day before that is the last chance.
            due = instant(school.nearest(thing - _DAY, -1), MORNING, zone)
        return Window(due=due, until=until, thing_on=thing)

    @staticmethod
    def _school_day(day: dt.date, thing: dt.date, school: SchoolDays) -> dt.date:
        """Backward; but what is said before a long holiday is forgotten: then the day itself is better."""
        found = school.nearest(day, -1)
        forgotten = (thing - day).days <= _NEAR_DAYS and (day - found).days > _LONG_WEEKEND_DAYS
        return thing if forgotten else found


@dataclass(frozen=True)
class After:
    """So many days later, on a school day at or after that; stale `keeps` days after it was due."""

    days: int
    keeps: int = 7

    def window(self, anchor: Anchor, days: int, zone: str, school: SchoolDays) -> Window:
        day = school.nearest(day_of(anchor, zone) + _DAY * days, 1)
        due = instant(day, MORNING, zone)
        return Window(due=due, until=due + _DAY * self.keeps)


@dataclass(frozen=True)
class Soon:
    """As soon as may be: after a pause in which more of the same gathers, in the day, on a school day."""

    pause: dt.timedelta = field(default=dt.timedelta(hours=1))
    keeps: int = 7
    days: int = 0

    def window(self, anchor: Anchor, days: int, zone: str, school: SchoolDays) -> Window:
        happened = anchor if isinstance(anchor, dt.datetime) else instant(anchor, MORNING, zone)
        due = next_allowed(happened + self.pause, zone, school)
        return Window(due=due, until=due + _DAY * self.keeps)


Timing = Before | After | Soon


def is_allowed(at: dt.datetime, zone: str, school: SchoolDays, thing_on: dt.date | None = None) -> bool:
    """Whether somebody may be written to at an instant: in the day, on a school day or the thing's own."""
    local = at.astimezone(zone_named(zone))
    if not MORNING <= local.time() < EVENING:
        return False
    return local.date() == thing_on or school.has(local.date())


def next_allowed(
    at: dt.datetime, zone: str, school: SchoolDays, thing_on: dt.date | None = None
) -> dt.datetime:
    """The first instant from `at` on at which somebody may be written to."""
    if is_allowed(at, zone, school, thing_on):
        return at
    local = at.astimezone(zone_named(zone))
    day = local.date() if local.time() < MORNING else local.date() + _DAY
    if day != thing_on:
        following = school.nearest(day, 1)
        # The thing's own day may come first, a holiday or not.
        day = thing_on if thing_on is not None and day <= thing_on < following else following
    return instant(day, MORNING, zone)


def next_morning(
    at: dt.datetime, zone: str, school: SchoolDays, thing_on: dt.date | None = None
) -> dt.datetime:
    """The first morning from `at` on, for those who want one mail a day; one that is not over counts."""
    local = at.astimezone(zone_named(zone))
    today = instant(local.date(), MORNING, zone)
    start = today if at <= today + DIGEST_AFTER else instant(local.date() + _DAY, MORNING, zone)
    return next_allowed(start, zone, school, thing_on)
