"""The whole demo as plain values for one day of loading: who, where, when, what they chose.

Pure and seeded: the same day gives the same plan. The `store_*` modules turn it into rows.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass

from leaderdev.home.demo import focus, roster
from leaderdev.home.demo.choices import Choice, ChoiceWriter, at_a_spare_minute
from leaderdev.home.demo.dates import DemoDates, DemoYear, demo_dates
from leaderdev.home.demo.posts import Line, Post, dated_posts, reporting_lines
from leaderdev.home.demo.roster import MOVES, NEWCOMERS, NOT_CHOSEN_YET, PEOPLE
from leaderdev.home.demo.school_days import MONDAY, on_or_after

SEED = 2027
_DAY = datetime.timedelta(days=1)
# Nobody held a post longer than this before the program began (years).
LONGEST_POST = 6


@dataclass(frozen=True)
class YearPlan:
    """One program year: choices in the order in which they were made, and the day on which trios are told."""

    dates: DemoYear
    opens: datetime.date
    closes: datetime.date
    choices: tuple[Choice, ...]
    trios_told: datetime.date


@dataclass(frozen=True)
class DemoPlan:
    dates: DemoDates
    posts: tuple[Post, ...]
    lines: tuple[Line, ...]
    joined: Mapping[str, datetime.date]
    left: Mapping[str, datetime.date]
    last_seen: Mapping[str, datetime.datetime]
    years: tuple[YearPlan, YearPlan]


def when_of(dates: DemoDates) -> dict[str, datetime.date]:
    """The days behind the words of the roster."""
    second = dates.second
    return {
        roster.YEAR_END: dates.first.calendar.last + _DAY,
        roster.NEW_YEAR: second.calendar.first,
        roster.AUTUMN: on_or_after(second.sessions[0] + _DAY * 10, MONDAY),
        roster.LATELY: on_or_after(second.sessions[1] + _DAY * 7, MONDAY),
    }


def told_after(year: DemoYear) -> datetime.date:
    """Trios are told six days after the second session, when the focus of most is settled."""
    return year.sessions[1] + _DAY * 6


def make_plan(today: datetime.date) -> DemoPlan:
    dates = demo_dates(today)
    when = when_of(dates)
    rng = random.Random(SEED)  # noqa: S311  seeded on purpose
    began = {person.key: _began(rng, person, dates, when) for person in PEOPLE}
    posts = dated_posts(PEOPLE, MOVES, when, began)
    lines = reporting_lines(posts, dates.first.calendar.first)
    codes = _codes(rng)
    writer = ChoiceWriter(rng, posts)
    years: list[YearPlan] = []
    for number, year in enumerate((dates.first, dates.second)):
        opens, closes = _window(dates, number)
        choices = writer.year(number, year, codes, opens)
        years.append(YearPlan(year, opens, closes, choices, told_after(year)))
    joined = {person.key: when.get(person.arrives, dates.first.calendar.first) for person in PEOPLE}
    left = {move.key: when[move.when] for move in MOVES if not move.role}
    seen = _last_seen(dates, left)
    return DemoPlan(dates, tuple(posts), tuple(lines), joined, left, seen, (years[0], years[1]))


def _began(
    rng: random.Random, person: roster.Person, dates: DemoDates, when: Mapping[str, datetime.date]
) -> datetime.date:
    """First day in the first post: the day of arrival, or the start of some earlier school year."""
    if person.arrives:
        return when[person.arrives]
    first = dates.first.calendar.first
    known = roster.TOLD_AS_OF - (person.since or roster.TOLD_AS_OF - LONGEST_POST)
    return first - _DAY * 364 * rng.randint(0, max(0, min(known, LONGEST_POST)))


def _last_seen(dates: DemoDates, left: Mapping[str, datetime.date]) -> dict[str, datetime.datetime]:
    """When each was signed in last, wall-clock; who has not come yet stands not in it."""
    rng = random.Random(SEED)  # noqa: S311  a stream of its own, so that it moves nothing else
    found = {}
    for person in PEOPLE:
        away = person.key in left or person.key in roster.ON_LEAVE
        day = dates.first.sessions[-1] if away else dates.today - _DAY * rng.randint(1, 12)
        if person.arrives != roster.LATELY:
            found[person.key] = at_a_spare_minute(rng, day)
    return found


def _codes(rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """The focus of each participant at the end of the first year, and now."""
    arrived = {person.key for person in NEWCOMERS}
    participants = [person.key for person in PEOPLE if roster.PARTICIPANT in person.in_cohort]
    first = focus.first_choices(rng, [key for key in participants if key not in arrived])
    gone = {move.key for move in MOVES if not move.role}
    again = {key: code for key, code in first.items() if key not in gone and key not in NOT_CHOSEN_YET}
    moved = [move.key for move in MOVES if move.role]
    return first, focus.second_choices(rng, again, sorted(arrived - set(NOT_CHOSEN_YET)), moved)


def _window(dates: DemoDates, number: int) -> tuple[datetime.date, datetime.date]:
    """Choosing opens with the year's second week; in the second year it stays open for late arrivals."""
    year = (dates.first, dates.second)[number]
    opens = year.calendar.first + _DAY * 4
    if number == 0:
        return opens, year.sessions[0] + _DAY * 21
    return opens, max(year.sessions[3] - _DAY, dates.today + _DAY * 14)
