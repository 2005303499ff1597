"""Wishes in local time become instants in UTC: clock changes, weekends, holidays, nights."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderdev.reminders.clock import (
    ALWAYS,
    EVENING,
    MORNING,
    After,
    Before,
    SchoolDays,
    Soon,
    instant,
    is_allowed,
    next_allowed,
    next_morning,
)

ZONES = ("America/Edmonton", "Europe/London", "Australia/Sydney")
# Both clock changes of a school year, as dates of the change.
CHANGES = {
    "America/Edmonton": (dt.date(2026, 11, 1), dt.date(2027, 3, 14)),
    "Europe/London": (dt.date(2026, 10, 25), dt.date(2027, 3, 28)),
    "Australia/Sydney": (dt.date(2026, 10, 4), dt.date(2027, 4, 4)),
}
DAY = dt.timedelta(days=1)
CHRISTMAS = SchoolDays(((dt.date(2026, 12, 21), dt.date(2027, 1, 4)),))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def at(text: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def test_the_day_before_is_half_past_seven_on_both_sides_of_a_clock_change():
    # Clocks in Edmonton go back on Sunday 1 November 2026, and forward on Sunday 14 March 2027.
    cases = [
        ("2026-10-30T09:00", "2026-10-29T13:30"),
        ("2026-11-03T09:00", "2026-11-02T14:30"),
        ("2027-03-12T09:00", "2027-03-11T14:30"),
        ("2027-03-16T09:00", "2027-03-15T13:30"),
    ]
    for session, due in cases:
        window = Before(1).window(at(session, "America/Edmonton"), 1, "America/Edmonton", ALWAYS)
        assert window.due == utc(due)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [1, 7])
def test_the_wall_clock_says_half_past_seven_through_both_changes(zone, days):
    for change in CHANGES[zone]:
        for shift in range(-10, 11):
            for hour in (1, 2, 3, 9, 16):
                starts = dt.datetime.combine(change + DAY * shift, dt.time(hour, 30), ZoneInfo(zone))
                window = Before(days).window(starts.astimezone(dt.UTC), days, zone, ALWAYS)
                local = window.due.astimezone(ZoneInfo(zone))
                assert local.time() == MORNING
                assert window.due < window.until == starts.astimezone(dt.UTC)


def test_a_time_that_the_clocks_skip_comes_after_the_jump_and_of_two_the_first():
    assert instant(dt.date(2027, 3, 14), dt.time(2, 30), "America/Edmonton") == utc("2027-03-14T09:30")
    assert instant(dt.date(2026, 11, 1), dt.time(1, 30), "America/Edmonton") == utc("2026-11-01T07:30")


def test_monday_s_session_is_announced_on_friday():
    window = Before(1).window(at("2027-01-18T09:00", "Europe/London"), 1, "Europe/London", ALWAYS)
    assert window.due == at("2027-01-15T07:30", "Europe/London")


def test_before_a_long_holiday_the_day_itself_is_better_and_a_week_ahead_goes_before_it():
    session = at("2027-01-05T13:00", "Europe/London")
    near = Before(1).window(session, 1, "Europe/London", CHRISTMAS)
    far = Before(7).window(session, 7, "Europe/London", CHRISTMAS)
    assert near.due == at("2027-01-05T07:30", "Europe/London")
    assert far.due == at("2026-12-18T07:30", "Europe/London")


def test_what_begins_before_its_own_morning_is_announced_on_the_school_day_before():
    session = at("2027-01-05T06:00", "Europe/London")
    assert Before(0).window(session, 0, "Europe/London", ALWAYS).due == at(
        "2027-01-04T07:30", "Europe/London"
    )


def test_what_happens_on_a_day_without_school_may_be_announced_on_it():
    closed = SchoolDays(((dt.date(2027, 1, 29), dt.date(2027, 1, 29)),))
    window = Before(0).window(dt.date(2027, 1, 29), 0, "Europe/London", closed)
    assert window.due == at("2027-01-29T07:30", "Europe/London")
    assert window.until == at("2027-01-30T00:00", "Europe/London")
    assert is_allowed(window.due, "Europe/London", closed, window.thing_on)
    assert not is_allowed(window.due, "Europe/London", closed)


def test_what_is_overdue_waits_for_the_next_school_day():
    window = After(2, keeps=7).window(dt.date(2026, 12, 18), 2, "Europe/London", CHRISTMAS)
    assert window.due == at("2027-01-05T07:30", "Europe/London")
    assert window.until == window.due + DAY * 7


def test_soon_means_now_in_the_day_and_the_next_morning_at_night():
    soon = Soon(dt.timedelta(hours=1))
    zone = "Australia/Sydney"
    assert soon.window(at("2027-02-03T10:00", zone), 0, zone, ALWAYS).due == at("2027-02-03T11:00", zone)
    assert soon.window(at("2027-02-03T18:30", zone), 0, zone, ALWAYS).due == at("2027-02-04T07:30", zone)
    assert soon.window(at("2027-02-05T22:00", zone), 0, zone, ALWAYS).due == at("2027-02-08T07:30", zone)
    assert soon.window(dt.date(2027, 2, 3), 0, zone, ALWAYS).due == at("2027-02-03T08:30", zone)


def test_a_calendar_that_is_closed_throughout_does_not_stop_mail_for_ever():
    closed = SchoolDays(((dt.date(2026, 1, 1), dt.date(2028, 1, 1)),))
    assert closed.nearest(dt.date(2027, 1, 5), 1) == dt.date(2027, 1, 5)


def test_one_mail_a_day_comes_in_the_morning_that_is_not_over():
    zone = "America/Edmonton"
    early, late = at("2027-01-05T07:30", zone), at("2027-01-05T08:00", zone)
    assert next_morning(early, zone, ALWAYS) == early
    assert next_morning(late, zone, ALWAYS) == at("2027-01-06T07:30", zone)


def test_the_thing_s_own_day_comes_before_the_next_school_day():
    zone = "Europe/London"
    night = at("2027-01-08T21:00", zone)
    assert next_allowed(night, zone, ALWAYS) == at("2027-01-11T07:30", zone)
    assert next_allowed(night, zone, ALWAYS, dt.date(2027, 1, 10)) == at("2027-01-10T07:30", zone)


FIRST = utc("2026-09-01T00:00")
INSTANTS = st.integers(0, 300 * 24 * 3600).map(lambda seconds: FIRST + dt.timedelta(seconds=seconds))


@given(INSTANTS, st.sampled_from(ZONES), st.integers(-3, 12))
def test_the_next_allowed_instant_is_allowed_and_the_first(now, zone, ahead):
    thing = now.date() + DAY * ahead
    found = next_allowed(now, zone, CHRISTMAS, thing)
    assert found >= now
    assert is_allowed(found, zone, CHRISTMAS, thing)
    local = found.astimezone(ZoneInfo(zone))
    assert MORNING <= local.time() < EVENING
    # Nothing between is allowed: looked at every hour.
    step = now
    while step < found:
        assert not is_allowed(step, zone, CHRISTMAS, thing)
        step += dt.timedelta(hours=1)


@given(INSTANTS, st.sampled_from(ZONES), st.integers(0, 60))
def test_ahead_is_always_ahead_in_the_day_and_on_a_school_day_or_the_thing_s_own(starts, zone, days):
    window = Before(days).window(starts, days, zone, CHRISTMAS)
    assert window.due < window.until == starts
    assert is_allowed(window.due, zone, CHRISTMAS, window.thing_on)


@given(INSTANTS, st.sampled_from(ZONES), st.integers(0, 20))
def test_afterwards_is_in_the_day_and_on_a_school_day(happened, zone, days):
    for timing in (After(days), Soon(dt.timedelta(hours=1))):
        window = timing.window(happened, days, zone, CHRISTMAS)
        assert window.due < window.until
        assert is_allowed(window.due, zone, CHRISTMAS)
