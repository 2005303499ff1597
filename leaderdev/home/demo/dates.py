"""The two program years of the demo, placed so that the second is half-way on the day of loading.

From November to the middle of March the demo keeps the province's usual school year (late August to
June). In the other months no such year has three sessions behind it and three ahead, so the demo's
division keeps a balanced calendar of 44 weeks that began twenty weeks before the day of loading; labels,
holidays and breaks follow the dates. Either way the third session has been held and the fourth is to come.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from leaderdev.home.demo.school_days import FRIDAY, MONDAY, SchoolYear, on_or_before, school_year

SESSIONS = 6
# "Every four to six weeks", in days.
LEAST_GAP, USUAL_GAP, MOST_GAP = 28, 35, 42
# Teachers are busy with opening the year before this, and with closing it after that (days).
QUIET_START, QUIET_END = 8, 7
# A program that opens later than this (days into the school year) is no year's program any more.
LATEST_OPENING = 75
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class DemoYear:
    calendar: SchoolYear
    sessions: tuple[datetime.date, ...]

    @property
    def label(self) -> str:
        return self.calendar.label


@dataclass(frozen=True)
class DemoDates:
    """What every date of the demo hangs on. `today` is the day of loading, in the division's zone."""

    today: datetime.date
    first: DemoYear
    second: DemoYear
    next_label: str
    next_first: datetime.date
    next_last: datetime.date


def usual_year(autumn: int) -> SchoolYear:
    """The school year that starts in the last week of August of a calendar year."""
    first = on_or_before(datetime.date(autumn, 8, 31), MONDAY)
    return school_year(first, on_or_before(datetime.date(autumn + 1, 6, 28), FRIDAY))


def balanced_year(first: datetime.date) -> SchoolYear:
    return school_year(first, first + _DAY * (44 * 7 - 3))


def _cost(day: datetime.date) -> float:
    """Mondays and Fridays are poor days to be away from a school."""
    return 3.0 if day.weekday() in (MONDAY, FRIDAY) else 0.0


def session_days(year: SchoolYear, today: datetime.date | None) -> tuple[datetime.date, ...] | None:
    """Six school days, 28 to 42 days apart; with `today`, the third before and the fourth after it.

    Of all such rows the one nearest to every five weeks and farthest from week ends; None if there is none.
    """
    days = [
        day
        for day in year.school_days()
        if year.first + _DAY * QUIET_START <= day <= year.last - _DAY * QUIET_END
    ]
    best: dict[datetime.date, tuple[float, tuple[datetime.date, ...]]] = {
        day: (_cost(day) + abs((day - year.first).days - 17) / 30, (day,))
        for day in days
        if (day - year.first).days <= LATEST_OPENING
    }
    for number in range(2, SESSIONS + 1):
        step: dict[datetime.date, tuple[float, tuple[datetime.date, ...]]] = {}
        for day in days:
            ways = [
                (cost + _cost(day) + ((gap - USUAL_GAP) / 7) ** 2, (*row, day))
                for gap in range(LEAST_GAP, MOST_GAP + 1)
                for cost, row in [best.get(day - _DAY * gap, (0.0, ()))]
                if row and _fits(number, day, today)
            ]
            if ways:
                step[day] = min(ways)
        best = step
    return min(best.values())[1] if best else None


def _fits(number: int, day: datetime.date, today: datetime.date | None) -> bool:
    half = SESSIONS // 2
    if today is None:
        return True
    return day < today if number <= half else day > today


def demo_dates(today: datetime.date) -> DemoDates:
    """Every date of the demo for one day of loading; the same day gives the same dates."""
    autumn = today.year if today.month >= 8 else today.year - 1
    second, earlier, later = usual_year(autumn), usual_year(autumn - 1), usual_year(autumn + 1)
    sessions = session_days(second, today)
    if sessions is None:
        first_day = on_or_before(today - _DAY * 140, MONDAY)
        second, earlier, later = (balanced_year(first_day + _DAY * shift) for shift in (0, -364, 364))
        sessions = session_days(second, today)
    held = session_days(earlier, None)
    if sessions is None or held is None:
        raise ValueError(f"No six session days fit around {today}.")
    return DemoDates(
        today,
        DemoYear(earlier, held),
        DemoYear(second, sessions),
        later.label,
        later.first,
        later.last,
    )
