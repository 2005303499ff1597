"""Intervals against a grid that looks at every minute, on days when clocks jump."""

from __future__ import annotations

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.availability import (
    DayRule,
    Place,
    Plan,
    SchoolYear,
    Seat,
    Span,
    WeeklyHours,
    closed_spans,
    common,
    free_spans,
    intersect,
    merged,
    minutes_between,
    shared_free,
    subtract,
    suggest,
)

FEW = settings(max_examples=40, deadline=None, derandomize=True)
MINUTE = datetime.timedelta(minutes=1)
# Four days around each jump of 2026: spring and autumn of each hemisphere, and a zone that jumps at midnight.
JUMPS = (
    ("America/Edmonton", datetime.date(2026, 3, 8)),
    ("America/Edmonton", datetime.date(2026, 11, 1)),
    ("Europe/London", datetime.date(2026, 3, 29)),
    ("Europe/London", datetime.date(2026, 10, 25)),
    ("Australia/Sydney", datetime.date(2026, 4, 5)),
    ("Australia/Sydney", datetime.date(2026, 10, 4)),
    ("America/Santiago", datetime.date(2026, 9, 6)),
    ("Asia/Kathmandu", datetime.date(2026, 5, 5)),
)


def around(day: datetime.date) -> Span:
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    return Span(noon - datetime.timedelta(hours=40), noon + datetime.timedelta(hours=40))


def minutes_of(spans: list[Span], within: Span) -> set[int]:
    """The minutes of `within` that lie in a list of spans, one by one."""
    found = set()
    for number in range(within.minutes):
        instant = within.start + number * MINUTE
        if any(span.start <= instant < span.end for span in spans):
            found.add(number)
    return found


def sound(spans: list[Span]) -> bool:
    """Sorted, apart and not empty."""
    return all(span.start < span.end for span in spans) and all(
        before.end < after.start for before, after in pairwise(spans)
    )


@st.composite
def clock_minutes(draw) -> tuple[int, int]:
    starts = draw(st.integers(0, 1439))
    return starts, draw(st.integers(starts + 1, 1440))


WEEKLY = st.lists(
    st.builds(lambda weekday, pair: WeeklyHours(weekday, *pair), st.integers(0, 6), clock_minutes()),
    max_size=8,
)


@st.composite
def day_rules(draw, day: datetime.date):
    first = day + datetime.timedelta(days=draw(st.integers(-2, 2)))
    last = first + datetime.timedelta(days=draw(st.integers(0, 2)))
    starts, ends = draw(clock_minutes())
    return DayRule(first, last, starts, ends)


def busy(within: Span) -> st.SearchStrategy[list[Span]]:
    pair = st.tuples(st.integers(-60, within.minutes), st.integers(1, 600))
    return st.lists(
        pair.map(lambda p: Span(within.start + p[0] * MINUTE, within.start + (p[0] + p[1]) * MINUTE)),
        max_size=4,
    )


@st.composite
def seats(draw, zone: str, day: datetime.date, person: str = "a"):
    return Seat(
        person=person,
        zone=zone,
        weekly=tuple(draw(WEEKLY)),
        extra=tuple(draw(st.lists(day_rules(day), max_size=2))),
        blocked=tuple(draw(st.lists(day_rules(day), max_size=2))),
        busy=tuple(draw(busy(around(day)))),
    )


def free_by_grid(seat: Seat, within: Span) -> set[int]:
    clock, found = ZoneInfo(seat.zone), set()
    for number in range(within.minutes):
        instant = within.start + number * MINUTE
        local = instant.astimezone(clock)
        at, day = local.hour * 60 + local.minute, local.date()
        rule = lambda r, day=day, at=at: r.first_day <= day <= r.last_day and r.starts <= at < r.ends  # noqa: E731
        opened = any(h.weekday == local.weekday() and h.starts <= at < h.ends for h in seat.weekly)
        opened = opened or any(map(rule, seat.extra))
        taken = any(map(rule, seat.blocked)) or any(s.start <= instant < s.end for s in seat.busy)
        if opened and not taken:
            found.add(number)
    return found


@pytest.mark.parametrize(("zone", "day"), JUMPS)
@FEW
@given(data=st.data())
def test_free_time_is_what_a_look_at_every_minute_finds(zone, day, data):
    seat, within = data.draw(seats(zone, day)), around(day)
    free = free_spans(seat, within)
    assert sound(free)
    assert minutes_of(free, within) == free_by_grid(seat, within)


@pytest.mark.parametrize(("zone", "day"), JUMPS[:6])
@settings(max_examples=10, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_three_share_is_what_every_minute_says(zone, day, data):
    """Three people in three zones, and a district that is closed on a day."""
    within = around(day)
    people = [
        data.draw(seats(z, day, name))
        for z, name in ((zone, "a"), ("America/Edmonton", "b"), ("Europe/London", "c"))
    ]
    year = SchoolYear(
        zone, day - datetime.timedelta(days=1), day + datetime.timedelta(days=1), (DayRule(day, day),)
    )
    closed = closed_spans([year], within)
    shut = {
        number
        for number in range(within.minutes)
        for local in [(within.start + number * MINUTE).astimezone(ZoneInfo(zone)).date()]
        if not year.first_day <= local <= year.last_day or local == day
    }
    assert minutes_of(closed, within) == shut
    free = shared_free(people, within, closed=closed)
    expected = (
        free_by_grid(people[0], within) & free_by_grid(people[1], within) & free_by_grid(people[2], within)
    )
    assert sound(free)
    assert minutes_of(free, within) == expected - shut


SOME = st.lists(st.tuples(st.integers(0, 300), st.integers(-5, 60)), max_size=12)
NOON = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


def spans(pairs) -> list[Span]:
    return [Span(NOON + s * MINUTE, NOON + (s + n) * MINUTE) for s, n in pairs]


@FEW
@given(one=SOME, other=SOME)
def test_the_algebra_of_spans(one, other):
    within = Span(NOON, NOON + 400 * MINUTE)
    left, right = spans(one), spans(other)
    a, b = minutes_of(left, within), minutes_of(right, within)
    for found, expected in (
        (merged([*left, *right]), a | b),
        (intersect(left, right), a & b),
        (subtract(left, right), a - b),
        (common([left, right, left]), a & b),
    ):
        assert sound(found)
        assert minutes_of(found, within) == expected
    assert common([]) == []


PLACES = (Place("n", 53.5, -113.5), Place("s", 53.2, -113.4), Place("w", 53.5, -114.0), Place("?"))


@pytest.mark.parametrize(("zone", "day"), JUMPS[:6])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_suggested_time_is_free_for_everybody_with_the_way_there_and_back(zone, day, data):
    within = around(day)
    people = [
        data.draw(seats(zone, day, name).map(lambda seat, p=place: Seat(**{**seat.__dict__, "place": p})))
        for name, place in zip("abc", data.draw(st.permutations(PLACES)), strict=False)
    ]
    travels = data.draw(st.booleans())
    plan = Plan(minutes=data.draw(st.sampled_from([30, 60, 150])), zone=zone, travels=travels)
    free = {seat.person: free_by_grid(seat, within) for seat in people}
    place = {seat.person: seat.place for seat in people}
    found = suggest(people, within, plan)
    assert len({s.starts_at.astimezone(ZoneInfo(zone)).date() for s in found}) == len(found) <= plan.most
    for suggestion in found:
        start = round((suggestion.starts_at - within.start) / MINUTE)
        for person, minutes in free.items():
            way = (
                minutes_between(place[person], place[suggestion.host])
                if travels and person != suggestion.host
                else 0
            )
            assert set(range(start - way, start + plan.minutes + way)) <= minutes
    if not found and not travels:
        everybody = free["a"] & free["b"] & free["c"]
        quarters = range(0, within.minutes, 15)
        assert not any(set(range(q, q + plan.minutes)) <= everybody for q in quarters)
