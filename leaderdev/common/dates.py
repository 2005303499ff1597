"""Dates as people write them, and which day it is somewhere.

Instants are aware and UTC; a school day belongs to the district's zone, a meeting time to the reader's.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# Nearer than this a weekday and a month are enough; farther away people ask "of which year?".
YEAR_IS_CLEAR_DAYS = 240


def today_in(zone: str, now: datetime.datetime | None = None) -> datetime.date:
    """The date it is in a zone such as America/Edmonton, at an aware instant (else now)."""
    return (now or timezone.now()).astimezone(ZoneInfo(zone)).date()


def day_in_words(day: datetime.date, today: datetime.date | None = None) -> str:
    """ "Thursday 14 January"; with the year when the day is more than eight months from today."""
    reference = today or timezone.now().date()
    far = abs((day - reference).days) > YEAR_IS_CLEAR_DAYS
    return date_format(day, "l j F Y" if far else "l j F")


def moment_in_words(instant: datetime.datetime, zone: str, today: datetime.date | None = None) -> str:
    """ "Thursday 14 January, 9:00" on the clock of a zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s") % {"day": day_in_words(local.date(), today), "time": _clock(local)}


def span_in_words(
    starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str, today: datetime.date | None = None
) -> str:
    """ "Thursday 14 January, 9:00–11:30" on the clock of a zone; both days when midnight lies between."""
    start, end = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    first = moment_in_words(starts_at, zone, today)
    if start.date() == end.date():
        return f"{first}–{_clock(end)}"
    return f"{first} – {moment_in_words(ends_at, zone, today)}"


def clock_in_words(instant: datetime.datetime, zone: str) -> str:
    """ "9:05" on the clock of a zone."""
    return _clock(instant.astimezone(ZoneInfo(zone)))


def days_left_in_words(day: datetime.date, today: datetime.date) -> str:
    """Beside an absolute date: "today", "tomorrow", "in 5 days"; a past day says how long ago."""
    days = (day - today).days
    if days < 0:
        return _("%(days)d days ago") % {"days": -days} if days < -1 else _("yesterday")
    return {0: _("today"), 1: _("tomorrow")}.get(days) or _("in %(days)d days") % {"days": days}


def _clock(local: datetime.datetime) -> str:
    return date_format(local, "G:i")
