"""Dates as people write them, on clock-change days and far from Greenwich."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderdev.common import dates

TODAY = datetime.date(2026, 11, 1)


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


def test_a_span_on_one_day():
    span = dates.span_in_words(utc(2027, 1, 14, 16), utc(2027, 1, 14, 18, 30), "America/Edmonton", TODAY)
    assert span == "Thursday 14 January, 9:00–11:30"


def test_a_span_over_midnight_names_both_days():
    span = dates.span_in_words(utc(2026, 11, 5, 5), utc(2026, 11, 5, 9), "America/Edmonton", TODAY)
    assert span == "Wednesday 4 November, 22:00 – Thursday 5 November, 2:00"


def test_the_hour_that_comes_twice():
    # 1:30 comes twice in the night of 1 November 2026; both stand on the same date.
    first, second = utc(2026, 11, 1, 7, 30), utc(2026, 11, 1, 8, 30)
    assert dates.span_in_words(first, second, "America/Edmonton", TODAY) == "Sunday 1 November, 1:30–1:30"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2026, 11, 5), "Thursday 5 November"),
        (datetime.date(2027, 6, 25), "Friday 25 June"),
        (datetime.date(2027, 8, 30), "Monday 30 August 2027"),
        (datetime.date(2025, 9, 25), "Thursday 25 September 2025"),
    ],
)
def test_the_year_stands_where_it_is_not_clear(day, words):
    assert dates.day_in_words(day, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_days_left(days, words):
    assert dates.days_left_in_words(TODAY + datetime.timedelta(days=days), TODAY) == words


def test_the_same_instant_is_another_day_elsewhere():
    instant = utc(2026, 11, 1, 10, 30)
    days = [dates.today_in(zone, instant).day for zone in ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")]
    assert days == [31, 1, 2]


@given(st.integers(0, 15 * 365 * 24 * 60), st.integers(1, 600))
def test_a_span_begins_with_its_moment(offset, minutes):
    begins = utc(2020, 1, 1) + datetime.timedelta(minutes=offset)
    ends = begins + datetime.timedelta(minutes=minutes)
    span = dates.span_in_words(begins, ends, "America/Edmonton", TODAY)
    assert span.startswith(dates.moment_in_words(begins, "America/Edmonton", TODAY))
    assert "–" in span
