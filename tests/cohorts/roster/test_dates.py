"""Dates are read where they can mean one day only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.roster.dates import DateRefusedError, read_date


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-08-31", "", date(2026, 8, 31)),
        ("2026-8-1", "", date(2026, 8, 1)),
        ("2026-08-31T00:00:00Z", "", date(2026, 8, 31)),
        ("2026-08-31 00:00:00", "", date(2026, 8, 31)),
        ("2026/08/31", "", date(2026, 8, 31)),
        ("31/08/2026", "", date(2026, 8, 31)),
        ("08/31/2026", "", date(2026, 8, 31)),
        ("31.8.2026", "", date(2026, 8, 31)),
        ("31-08-2026", "", date(2026, 8, 31)),
        ("5/5/2026", "", date(2026, 5, 5)),
        ("3/4/2026", "dmy", date(2026, 4, 3)),
        ("3/4/2026", "mdy", date(2026, 3, 4)),
        ("31 Aug 2026", "", date(2026, 8, 31)),
        ("31-Aug-2026", "", date(2026, 8, 31)),
        ("31st August, 2026", "", date(2026, 8, 31)),
        ("Aug 31, 2026", "", date(2026, 8, 31)),
        ("Sept. 1, 2026", "", date(2026, 9, 1)),
        ("46265", "", date(2026, 8, 31)),
    ],
)
def test_dates_that_mean_one_day(text, order, day):
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    ("text", "order", "kind"),
    [
        ("3/4/2026", "", "date_ambiguous"),
        ("3/13/2026", "dmy", "date_order"),
        ("13/3/2026", "mdy", "date_order"),
        ("3/4/26", "", "date_short_year"),
        ("1-Aug-26", "", "date_short_year"),
        ("2026", "", "date_unreadable"),
        ("31 Foo 2026", "", "date_unreadable"),
        ("0000-01-01", "", "date_unreadable"),
        ("2026-02-29", "", "date_unreadable"),
    ],
)
def test_dates_that_do_not(text, order, kind):
    with pytest.raises(DateRefusedError) as refusal:
        read_date(text, order)
    assert refusal.value.kind == kind


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back_from_both_orders_once_the_order_is_said(day):
    assert read_date(f"{day.day}/{day.month}/{day.year}", "dmy") == day
    assert read_date(f"{day.month}/{day.day}/{day.year}", "mdy") == day
    assert read_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        read_date(text)
    except DateRefusedError as refusal:
        assert refusal.kind.startswith("date_")
