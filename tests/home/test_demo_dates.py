"""The demo's calendar: half-way on every day of every year, on school days, four to six weeks apart."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderdev.home.demo.dates import demo_dates, session_days, usual_year
from leaderdev.home.demo.plan import make_plan
from leaderdev.home.demo.school_days import easter, school_year

ANY_DAY = st.dates(datetime.date(2024, 1, 1), datetime.date(2040, 12, 31))


@settings(max_examples=60, deadline=None)
@given(ANY_DAY)
def test_second_year_is_half_way_on_any_day(today):
    dates = demo_dates(today)
    assert dates.second.sessions[2] < today < dates.second.sessions[3]
    assert dates.first.calendar.last < dates.second.calendar.first
    assert dates.second.calendar.last < dates.next_first
    assert len({dates.first.label, dates.second.label, dates.next_label}) == 3


@settings(max_examples=60, deadline=None)
@given(ANY_DAY)
def test_sessions_fall_on_school_days_four_to_six_weeks_apart(today):
    dates = demo_dates(today)
    for year in (dates.first, dates.second):
        assert len(year.sessions) == 6
        assert set(year.sessions) <= set(year.calendar.school_days())
        assert all(28 <= (later - earlier).days <= 42 for earlier, later in pairwise(year.sessions))


@settings(max_examples=25, deadline=None)
@given(ANY_DAY)
def test_every_day_gives_a_whole_plan_whose_past_is_past(today):
    plan = make_plan(today)
    second = plan.years[1]
    assert len(second.choices) == 55
    assert max(choice.at.date() for choice in second.choices) < second.trios_told < today
    assert max(plan.joined.values()) < today <= second.closes
    assert all(choice.at.date() >= plan.joined[choice.key] for year in plan.years for choice in year.choices)


def test_label_follows_the_dates():
    assert demo_dates(datetime.date(2026, 11, 23)).second.label == "2026–27"
    assert demo_dates(datetime.date(2027, 7, 10)).second.label == "2027"


def test_same_day_gives_the_same_plan():
    today = datetime.date(2027, 2, 2)
    assert make_plan(today) == make_plan(today)


def test_holidays_of_an_alberta_school_year():
    year = usual_year(2026)
    named = {run.name: (run.first, run.last) for run in year.days_off}
    assert (year.first, year.last, year.label) == (
        datetime.date(2026, 8, 31),
        datetime.date(2027, 6, 25),
        "2026–27",
    )
    assert named["Labour Day"][0] == datetime.date(2026, 9, 7)
    assert named["Thanksgiving"][0] == datetime.date(2026, 10, 12)
    assert named["Winter break"] == (datetime.date(2026, 12, 21), datetime.date(2027, 1, 3))
    assert named["Family Day"][0] == datetime.date(2027, 2, 15)
    assert named["Good Friday"][0] == datetime.date(2027, 3, 26)
    assert named["Victoria Day"][0] == datetime.date(2027, 5, 24)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    # Church calendars; 1954 and 1981 are the two exceptions of Gauss's rule in these centuries.
    [(1954, 4, 18), (1981, 4, 19), (2024, 3, 31), (2027, 3, 28), (2038, 4, 25), (2049, 4, 18)],
)
def test_easter(year, month, day):
    assert easter(year) == datetime.date(year, month, day)


def test_a_year_too_short_for_six_sessions_has_none():
    short = school_year(datetime.date(2026, 8, 31), datetime.date(2026, 12, 18))
    assert session_days(short, None) is None
