"""Dates in templates as people write them. Load with {% load when %}."""

from __future__ import annotations

import datetime

from django import template
from django.utils import timezone

from leaderdev.common import dates

register = template.Library()


@register.filter
def in_words(day: datetime.date) -> str:
    """{{ year.starts_on|in_words }} gives "Monday 24 August"."""
    return dates.day_in_words(day)


@register.simple_tag
def moment(instant: datetime.datetime, zone: str = "") -> str:
    """An instant on the clock of `zone`, else on the reader's own."""
    return dates.moment_in_words(instant, zone or timezone.get_current_timezone_name())


@register.simple_tag
def day_of(instant: datetime.datetime, zone: str = "") -> str:
    """The day of an instant on the calendar of `zone`, else on the reader's own, without the time."""
    return dates.day_in_words(dates.today_in(zone or timezone.get_current_timezone_name(), instant))


@register.simple_tag
def span(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str = "") -> str:
    """From one instant to another on the clock of `zone`, else on the reader's own."""
    return dates.span_in_words(starts_at, ends_at, zone or timezone.get_current_timezone_name())


@register.simple_tag
def clock_of(instant: datetime.datetime, zone: str) -> str:
    """The time of day alone, "9:05", on the clock of `zone`; the day stands beside it."""
    return dates.clock_in_words(instant, zone)
