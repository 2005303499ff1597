"""Trios of the demo's two years, formed by the real solver: as proposed, repaired and published. Pure.

In the first year one person came to a focus whose people had been divided already, and a repair found the
seat: a trio of four instead of uprooting anybody.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.matching import Person, Priority, Result, Rules, Trio, form_trios, repair_trios
from leaderdev.home.demo.plan import DemoPlan, YearPlan
from leaderdev.home.demo.roster import PEOPLE

# Nothing in a demo may hang on how fast the machine is: the solver is done long before this (seconds).
TIME_LIMIT = 60.0
# What the lead tried before deciding: ways before everything else.
SHORT_WAYS_FIRST = (Priority.TRAVEL, *(one for one in Priority if one is not Priority.TRAVEL))
REPAIRED_AFTER = datetime.timedelta(days=15)


@dataclass(frozen=True)
class FormedYear:
    """first: what was published when trios were told. repaired: what it became, None where nothing changed.

    tried: another proposal that was not published. People are called by their keys.
    """

    people: tuple[Person, ...]
    rules: Rules
    first: Result
    late: str
    repaired: Result | None
    tried: Result | None

    @property
    def final(self) -> tuple[Trio, ...]:
        return (self.repaired or self.first).trios


@dataclass(frozen=True)
class SchoolFacts:
    lat: float | None
    lng: float | None
    grades: str


def formed_years(
    plan: DemoPlan,
    schools: Mapping[str, SchoolFacts],
    labels: Mapping[str, str],
    roles: Mapping[str, str],
) -> tuple[FormedYear, FormedYear]:
    """schools: by code. labels: competency code → its name. roles: kind of role → the word for it."""
    first, second = plan.years
    people = _people(plan, first, schools, labels, roles, {})
    rules = Rules(time_limit=TIME_LIMIT)
    late = _latecomer(first, people)
    before = form_trios([one for one in people if one.id != late], rules)
    repaired = repair_trios(before.trios, people, rules) if late else None
    one = FormedYear(people, rules, before, late, repaired, None)
    last = {name: str(number) for number, trio in enumerate(one.final) for name in trio.members}
    people = _people(plan, second, schools, labels, roles, last)
    tried = form_trios(people, replace(rules, priorities=SHORT_WAYS_FIRST))
    return one, FormedYear(people, rules, form_trios(people, rules), "", None, tried)


def _latecomer(year: YearPlan, people: Sequence[Person]) -> str:
    """Who chose last among the people of a focus that leaves one over; nobody where all come out even."""
    counts = Counter(person.competency for person in people)
    over = {person.id for person in people if counts[person.competency] % 3 == 1}
    chosen = {choice.key: choice.at for choice in year.choices if choice.superseded is None}
    return max(over, key=lambda key: (chosen[key], key), default="")


def _people(
    plan: DemoPlan,
    year: YearPlan,
    schools: Mapping[str, SchoolFacts],
    labels: Mapping[str, str],
    roles: Mapping[str, str],
    last: Mapping[str, str],
) -> tuple[Person, ...]:
    day = year.trios_told
    held = {post.key: post for post in plan.posts if post.on(day)}
    above = {
        line.key: line.supervisor
        for line in plan.lines
        if line.starts <= day and (line.ends is None or day < line.ends)
    }
    since = {person.key: person.since for person in PEOPLE}
    focus = {choice.key: choice.code for choice in year.choices if choice.superseded is None}
    found = []
    for key in sorted(focus):
        post = held[key]
        school = schools[post.school]
        years = since[key]
        found.append(
            Person(
                id=key,
                competency=labels[focus[key]],
                school=post.school,
                lat=school.lat,
                lng=school.lng,
                role=roles[post.role],
                experience=None if years is None else float(max(0, year.dates.calendar.first.year - years)),
                supervisor=above.get(key, ""),
                last_trio=last.get(key, ""),
                context=school.grades,
            )
        )
    return tuple(found)
