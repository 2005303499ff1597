"""When rounds are due and on which days a series falls."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.rounds import (
    NoSuchTimeError,
    due_day,
    instant,
    months_later,
    nth_weekday,
    rounds_due,
    series_days,
)

DAY = datetime.date


@pytest.mark.parametrize(
    ("cadence", "today", "expected"),
    [
        ("monthly", DAY(2026, 9, 14), 0),
        ("monthly", DAY(2026, 10, 15), 1),
        ("monthly", DAY(2027, 6, 30), 9),
        ("six_weeks", DAY(2026, 10, 26), 0),
        ("six_weeks", DAY(2026, 10, 27), 1),
        ("two_months", DAY(2027, 3, 15), 3),
    ],
)
def test_rounds_that_the_pace_asks_for(cadence, today, expected):
    assert rounds_due(DAY(2026, 9, 15), today, cadence) == expected


def test_the_end_of_a_long_month_stays_in_the_next():
    assert months_later(DAY(2026, 10, 31), 1) == DAY(2026, 11, 30)
    assert due_day(DAY(2026, 12, 31), 2, "monthly") == DAY(2027, 2, 28)


def test_the_first_and_the_last_thursday():
    assert nth_weekday(2026, 10, 3, 1) == DAY(2026, 10, 1)
    assert nth_weekday(2026, 10, 3, 5) == DAY(2026, 10, 29)


def test_the_first_thursdays_until_june():
    found = list(series_days(DAY(2026, 10, 1), DAY(2027, 6, 3), weekday=3, week=1))

    assert found == [
        DAY(2026, 11, 5),
        DAY(2026, 12, 3),
        DAY(2027, 1, 7),
        DAY(2027, 2, 4),
        DAY(2027, 3, 4),
        DAY(2027, 4, 1),
        DAY(2027, 5, 6),
        DAY(2027, 6, 3),
    ]


@given(
    st.dates(DAY(2020, 1, 1), DAY(2035, 1, 1)),
    st.integers(0, 700),
    st.integers(0, 4),
    st.integers(1, 5),
)
def test_a_series_is_one_day_a_month_on_its_weekday(after, length, weekday, week):
    until = after + datetime.timedelta(days=length)
    found = list(series_days(after, until, weekday=weekday, week=week))

    assert found == sorted(set(found))
    assert len({(day.year, day.month) for day in found}) == len(found)
    for day in found:
        assert after < day <= until and day.weekday() == weekday
        if week < 5:
            assert (day.day - 1) // 7 == week - 1
        else:
            assert (day + datetime.timedelta(days=7)).month != day.month


def test_a_clock_time_keeps_its_hour_over_the_change():
    before = instant(DAY(2026, 10, 31), datetime.time(15, 30), "America/Edmonton")
    after = instant(DAY(2026, 11, 2), datetime.time(15, 30), "America/Edmonton")

    assert (before.hour, after.hour) == (21, 22)


def test_a_skipped_hour_is_refused_and_of_a_doubled_one_the_first_counts():
    with pytest.raises(NoSuchTimeError):
        instant(DAY(2027, 3, 14), datetime.time(2, 30), "America/Edmonton")
    assert instant(DAY(2026, 11, 1), datetime.time(1, 30), "America/Edmonton").hour == 7
