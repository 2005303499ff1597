"""Which days a year of sessions falls on, and which school hosts each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

# Sessions nearer to each other than a week are one session in two parts.
NEAREST = 7
School = TypeVar("School", bound=Hashable)


class TooFewDaysError(Exception):
    """The year does not hold as many sessions on that weekday; `found` is how many it holds."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(found)


@dataclass(frozen=True)
class PlannedDays:
    """`gaps` are the days between neighbours; `outside` the places of those out of the advised range."""

    days: list[datetime.date]
    gaps: list[int]
    outside: list[int]


def plan_days(
    *,
    count: int,
    interval: int,
    first: datetime.date,
    last: datetime.date,
    weekday: int,
    has_school: Callable[[datetime.date], bool],
    least: int = 28,
    most: int = 42,
) -> PlannedDays:
    """`count` days of one weekday (0 is Monday) between two days, both included, `interval` days apart.

    The best row as a whole is taken, not the nearest day each time: the sum of the squared differences from
    the wished interval is the smallest possible, and of equal rows the earliest wins. The first session falls
    within two intervals of `first`, as near to it as the rest allows. Raises TooFewDaysError.
    """
    if count < 1 or interval < NEAREST:
        raise ValueError("at least one session, at least a week apart")
    days = [
        day
        for day in (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
        if day.weekday() == weekday and has_school(day)
    ]
    if len(days) < count:
        raise TooFewDaysError(len(days))
    # cost[i]: the cheapest row of so many sessions that ends on days[i], and the place it came from.
    cost: list[float] = [
        ((day - first).days / 4) ** 2 if (day - first).days <= 2 * interval else 1e9 for day in days
    ]
    came: list[list[int]] = []
    for _step in range(1, count):
        later, source = [float("inf")] * len(days), [-1] * len(days)
        for at, day in enumerate(days):
            for before in range(at):
                price = cost[before] + ((day - days[before]).days - interval) ** 2
                if price < later[at]:
                    later[at], source[at] = price, before
        cost = later
        came.append(source)
    at = min(range(len(days)), key=lambda n: (cost[n], n))
    row = [at]
    for source in reversed(came):
        row.append(source[row[-1]])
    chosen = [days[n] for n in reversed(row)]
    gaps = [(b - a).days for a, b in pairwise(chosen)]
    return PlannedDays(chosen, gaps, [n for n, gap in enumerate(gaps) if not least <= gap <= most])


def rotate(schools: Sequence[School], hosted: Iterable[School], count: int) -> list[School]:
    """A host for each of `count` sessions: nobody hosts again before everybody has hosted as often.

    `hosted` names a school once for each session it had. Without schools the list is empty.
    """
    times = dict.fromkeys(schools, 0)
    for school in hosted:
        if school in times:
            times[school] += 1
    turn: list[School] = []
    for _ in range(count if schools else 0):
        host = min(schools, key=lambda school: (times[school], schools.index(school)))
        times[host] += 1
        turn.append(host)
    return turn
