"""The question that meetings and trios ask: when are these people free, and which times suit them all?

Nothing here changes a row. Every function asks a fixed number of queries, whoever and however many they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coaching.availability import (
    DayRule,
    Place,
    Plan,
    SchoolYear,
    Seat,
    Span,
    Suggestion,
    WeeklyHours,
    assumed_week,
    closed_spans,
    free_spans,
    shared_free,
    suggest,
)
from coaching.busy import busy_times
from coaching.models import Availability
from cohorts.models import Appointment, ProgramYear

Extra = Mapping[int, Sequence[Span]]


def seats_of(users: Sequence[Any], within: Span, *, also_busy: Extra | None = None) -> list[Seat]:
    """What each person (a user) said about their time, in the order given; `Seat.person` is str(user.pk).

    `also_busy` (user id → spans) is what the caller knows besides: a meeting that is only proposed, say.
    """
    ids = [user.pk for user in users]
    said = {
        row.user_id: row
        for row in Availability.objects.of_people(ids).prefetch_related("free_hours", "exceptions")
    }
    busy, places = busy_times(ids, within), _places(ids)
    return [
        _seat(
            user,
            said.get(user.pk),
            busy=(*busy.get(user.pk, ()), *(also_busy or {}).get(user.pk, ())),
            place=places.get(user.pk),
        )
        for user in users
    ]


def free_time_of(users: Sequence[Any], within: Span) -> dict[int, list[Span]]:
    """User id → when the person can be asked, within a span; days on which school is closed included."""
    return {int(seat.person): free_spans(seat, within) for seat in seats_of(users, within)}


def shared_time_of(users: Sequence[Any], within: Span, *, year: ProgramYear) -> list[Span]:
    """When all of them are free on school days of a program year."""
    return shared_free(seats_of(users, within), within, closed=closed_days(year, within))


def suggested_times(
    users: Sequence[Any],
    within: Span,
    plan: Plan,
    *,
    year: ProgramYear,
    also_busy: Extra | None = None,
    on_school_days: bool = True,
) -> list[Suggestion]:
    """Times for a meeting of all of them, best first, with reasons; people in it are ids of users as text.

    `on_school_days=False` lets a group meet on a holiday because it wants to.
    """
    seats = seats_of(users, within, also_busy=also_busy)
    closed = closed_days(year, within) if on_school_days else []
    return suggest(seats, within, plan, closed=closed)


def closed_days(year: ProgramYear, within: Span) -> list[Span]:
    """Days on which the district plans nothing: no-school and professional development days, and the summer.

    A program year without a calendar closes only what lies outside of its own first and last day.
    """
    zone = year.cohort.district.time_zone
    calendar = year.calendar
    if calendar is None:
        return closed_spans([SchoolYear(zone, year.starts_on, year.ends_on)], within)
    days = tuple(
        DayRule(day.first_day, day.last_day)
        for day in calendar.no_school_days.filter(
            first_day__lte=within.end.date(), last_day__gte=within.start.date()
        )
    )
    return closed_spans([SchoolYear(zone, calendar.first_day, calendar.last_day, days)], within)


def is_closed_at(year: ProgramYear, span: Span) -> bool:
    """Whether any of a span lies on a day on which the district plans nothing."""
    return bool(closed_days(year, span))


def _seat(user: Any, said: Availability | None, *, busy: tuple[Span, ...], place: Place | None) -> Seat:
    if said is None:
        return Seat(str(user.pk), user.time_zone, weekly=assumed_week(), busy=busy, place=place, assumed=True)
    rules: dict[bool, list[DayRule]] = {True: [], False: []}
    for row in said.exceptions.all():
        rules[row.is_free].append(DayRule(row.first_day, row.last_day, row.starts, row.ends))
    return Seat(
        person=str(user.pk),
        zone=user.time_zone,
        weekly=tuple(WeeklyHours(h.weekday, h.starts, h.ends) for h in said.free_hours.all()),
        extra=tuple(rules[True]),
        blocked=tuple(rules[False]),
        busy=busy,
        place=place,
    )


def _places(users: Sequence[int]) -> dict[int, Place]:
    posts = Appointment.objects.current().filter(leader__user__in=users, leader__is_active=True)
    return {
        post.leader.user_id: Place(
            str(post.school_id),
            None if post.school.latitude is None else float(post.school.latitude),
            None if post.school.longitude is None else float(post.school.longitude),
        )
        for post in posts.select_related("school", "leader")
    }
