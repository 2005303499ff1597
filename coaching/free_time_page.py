"""What the page “When are you free?” shows besides its form: the week drawn, and what the trio shares."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from coaching.availability import Span, WeeklyHours, assumed_week
from coaching.free_time import shared_time_of
from coaching.models import Availability, DayException, circle_of, trios_of
from cohorts.models import Trio
from leaderdev.common.dates import clock_in_words, day_in_words

# What a trio plans with: near enough to be true, far enough for the next round.
PREVIEW_DAYS = 21
# Shorter gaps help nobody to meet.
SHORTEST_MINUTES = 30


@dataclass(frozen=True)
class SharedDay:
    day: str
    times: list[str]


@dataclass(frozen=True)
class SharedTime:
    """One trio, who has said when they are free, and the days on which all of them are."""

    trio: Trio
    people: list[str]
    silent: list[str]
    days: list[SharedDay]


def weekly_hours(availability: Availability | None) -> tuple[WeeklyHours, ...]:
    if availability is None:
        return assumed_week()
    return tuple(WeeklyHours(h.weekday, h.starts, h.ends) for h in availability.free_hours.all())


def coming_exceptions(availability: Availability | None, today: datetime.date) -> QuerySet[DayException]:
    if availability is None:
        return DayException.objects.none()
    return availability.exceptions.filter(last_day__gte=today)


def shared_times(user: Any) -> list[SharedTime]:
    """For each trio in which the person has a seat, in a year that is open."""
    trios = trios_of(user).filter(program_year__state="open")
    trios = trios.select_related("program_year__cohort__district", "program_year__calendar")
    return [_shared(trio, user) for trio in trios.order_by("pk")]


def _shared(trio: Trio, user: Any) -> SharedTime:
    people = [seat.membership.leader.user for seat in circle_of(trio)]
    start = timezone.now()
    within = Span(start, start + datetime.timedelta(days=PREVIEW_DAYS))
    said = set(Availability.objects.of_people(people).values_list("user_id", flat=True))
    spans = shared_time_of(people, within, year=trio.program_year)
    return SharedTime(
        trio=trio,
        people=[str(person) for person in people if person.pk != user.pk],
        silent=[str(person) for person in people if person.pk not in said and person.pk != user.pk],
        days=_by_day(spans, ZoneInfo(user.time_zone)),
    )


def _by_day(spans: Sequence[Span], clock: ZoneInfo) -> list[SharedDay]:
    days: dict[datetime.date, list[str]] = {}
    for span in spans:
        if span.minutes < SHORTEST_MINUTES:
            continue
        words = f"{clock_in_words(span.start, clock.key)}–{clock_in_words(span.end, clock.key)}"
        days.setdefault(span.start.astimezone(clock).date(), []).append(words)
    return [SharedDay(day_in_words(day), times) for day, times in days.items()]
