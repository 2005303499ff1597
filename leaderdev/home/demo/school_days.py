"""School years and their days off, computed as an Alberta school division keeps them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

HOLIDAY, NO_SCHOOL, PD_DAY = "holiday", "no_school", "pd_day"
_DAY = datetime.timedelta(days=1)
MONDAY, THURSDAY, FRIDAY = 0, 3, 4


@dataclass(frozen=True)
class DayOff:
    """A run of days without school, both ends included."""

    first: datetime.date
    last: datetime.date
    kind: str
    name: str


@dataclass(frozen=True)
class SchoolYear:
    """`first` and `last` are school days' outer bounds, both included; `days_off` are in order."""

    label: str
    first: datetime.date
    last: datetime.date
    days_off: tuple[DayOff, ...]

    def school_days(self) -> list[datetime.date]:
        off = {day for run in self.days_off for day in _days(run.first, run.last)}
        return [day for day in _days(self.first, self.last) if day.weekday() <= FRIDAY and day not in off]


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + _DAY * n for n in range((last - first).days + 1))


def on_or_before(day: datetime.date, weekday: int) -> datetime.date:
    return day - _DAY * ((day.weekday() - weekday) % 7)


def on_or_after(day: datetime.date, weekday: int) -> datetime.date:
    return day + _DAY * ((weekday - day.weekday()) % 7)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date:
    return on_or_after(datetime.date(year, month, 1), weekday) + _DAY * 7 * (nth - 1)


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar, from the age of the moon (Gauss's rule, years 1900–2099)."""
    moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    day = datetime.date(year, 3, 22) + _DAY * (moon + sunday)
    late = day == datetime.date(year, 4, 26) or (
        day == datetime.date(year, 4, 25) and moon == 28 and sunday == 6 and year % 19 > 10
    )
    return day - _DAY * 7 if late else day


def _holidays(year: int) -> Iterator[DayOff]:
    """Days on which no school of the province is open."""
    sunday = easter(year)
    single = {
        "Family Day": nth_weekday(year, 2, MONDAY, 3),
        "Good Friday": sunday - _DAY * 2,
        "Easter Monday": sunday + _DAY,
        "Victoria Day": on_or_before(datetime.date(year, 5, 24), MONDAY),
        "Canada Day": datetime.date(year, 7, 1),
        "Heritage Day": nth_weekday(year, 8, MONDAY, 1),
        "Labour Day": nth_weekday(year, 9, MONDAY, 1),
        "National Day for Truth and Reconciliation": datetime.date(year, 9, 30),
        "Thanksgiving": nth_weekday(year, 10, MONDAY, 2),
        "Remembrance Day": datetime.date(year, 11, 11),
    }
    return (DayOff(day, day, HOLIDAY, name) for name, day in single.items())


def _breaks(year: int) -> Iterator[DayOff]:
    """Weeks without school; the summer break stands here for years that run through July."""
    winter = on_or_before(datetime.date(year, 12, 24), MONDAY)
    yield DayOff(winter, winter + _DAY * 13, NO_SCHOOL, "Winter break")
    spring = nth_weekday(year, 3, MONDAY, 4)
    yield DayOff(spring, spring + _DAY * 4, NO_SCHOOL, "Spring break")
    summer = on_or_after(datetime.date(year, 7, 2), MONDAY)
    yield DayOff(summer, summer + _DAY * 11, NO_SCHOOL, "Summer break")


def _learning_days(year: int) -> Iterator[DayOff]:
    convention = nth_weekday(year, 2, THURSDAY, 4)
    yield DayOff(convention, convention + _DAY, PD_DAY, "Teachers’ convention")
    for month, name in ((10, "PD day: school goals"), (1, "PD day: second half of the year")):
        friday = nth_weekday(year, month, FRIDAY, 4)
        yield DayOff(friday, friday, PD_DAY, name)
    for month, name in ((5, "PD day: division learning day"), (8, "PD day: literacy and numeracy")):
        friday = nth_weekday(year, month, FRIDAY, 2)
        yield DayOff(friday, friday, PD_DAY, name)


def school_year(first: datetime.date, last: datetime.date) -> SchoolYear:
    """The school year between two days, with every day off that falls inside it.

    The label follows the dates: “2026–27” across a new year, “2027” within one calendar year.
    """
    welcome = DayOff(first, first + _DAY, PD_DAY, "Organizational days")
    found = [welcome]
    for year in range(first.year, last.year + 1):
        found += [*_holidays(year), *_breaks(year), *_learning_days(year)]
    inside = (run for run in found if first <= run.first and run.last <= last)
    label = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year % 100:02}"
    return SchoolYear(label, first, last, tuple(sorted(inside, key=lambda run: (run.first, run.name))))
