"""Days of a year and who hosts: known years, and properties that hold for any."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.planning.days import TooFewDaysError, plan_days, rotate

FIRST, LAST = datetime.date(2026, 8, 24), datetime.date(2027, 6, 25)
THURSDAY = 3


def always(day: datetime.date) -> bool:
    return True


def test_six_thursdays_five_weeks_apart():
    plan = plan_days(
        count=6, interval=35, first=datetime.date(2026, 9, 17), last=LAST, weekday=THURSDAY, has_school=always
    )
    assert [day.isoformat() for day in plan.days] == [
        "2026-09-17",
        "2026-10-22",
        "2026-11-26",
        "2026-12-31",
        "2027-02-04",
        "2027-03-11",
    ]
    assert (plan.gaps, plan.outside) == ([35] * 5, [])


def test_a_day_without_school_is_stepped_over_and_the_others_make_room():
    off = {datetime.date(2026, 12, 31), datetime.date(2026, 12, 24), datetime.date(2026, 10, 22)}
    plan = plan_days(
        count=6,
        interval=35,
        first=datetime.date(2026, 9, 17),
        last=LAST,
        weekday=THURSDAY,
        has_school=lambda day: day not in off,
    )
    assert not off & set(plan.days)
    assert all(28 <= gap <= 42 for gap in plan.gaps)


def test_gaps_outside_the_advised_range_are_named():
    plan = plan_days(count=3, interval=21, first=FIRST, last=LAST, weekday=1, has_school=always)
    assert (plan.gaps, plan.outside) == ([21, 21], [0, 1])


def test_a_year_that_holds_too_few_says_how_many_it_holds():
    with pytest.raises(TooFewDaysError) as caught:
        plan_days(
            count=4,
            interval=35,
            first=FIRST,
            last=FIRST + datetime.timedelta(days=20),
            weekday=1,
            has_school=always,
        )
    assert caught.value.found == 3


@pytest.mark.parametrize("values", [{"count": 0, "interval": 35}, {"count": 2, "interval": 3}])
def test_nonsense_is_refused(values):
    with pytest.raises(ValueError, match="at least"):
        plan_days(first=FIRST, last=LAST, weekday=1, has_school=always, **values)


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(1, 9),
    interval=st.integers(7, 50),
    weekday=st.integers(0, 4),
    off=st.sets(st.integers(0, 305), max_size=60),
)
def test_any_plan_keeps_to_the_year_the_weekday_and_the_calendar(count, interval, weekday, off):
    free = {FIRST + datetime.timedelta(days=n) for n in off}
    try:
        plan = plan_days(
            count=count,
            interval=interval,
            first=FIRST,
            last=LAST,
            weekday=weekday,
            has_school=lambda day: day not in free,
        )
    except TooFewDaysError as error:
        assert error.found < count
        return
    assert plan.days == sorted(set(plan.days))
    assert len(plan.days) == count
    assert all(FIRST <= d <= LAST and d.weekday() == weekday and d not in free for d in plan.days)
    assert plan.outside == [n for n, gap in enumerate(plan.gaps) if not 28 <= gap <= 42]


@given(
    schools=st.lists(st.integers(), unique=True, min_size=1, max_size=8),
    count=st.integers(0, 20),
    before=st.lists(st.integers(), max_size=5),
)
def test_nobody_hosts_again_before_everybody_has_hosted_as_often(schools, count, before):
    turn = rotate(schools, before, count)
    assert len(turn) == count
    times = Counter({school: before.count(school) for school in schools})
    for host in turn:
        assert times[host] == min(times.values())
        times[host] += 1


def test_without_schools_nobody_hosts():
    assert rotate([], [], 6) == []
