"""Wishes and rules of one competency as tables over pairs of its people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coaching.matching.words import Person, Priority, Rules

# Country roads are not straight: a usual detour of a quarter, driven at 60 km/h, is 1.25 minutes a kilometre.
MINUTES_PER_KILOMETRE = 1.25
EARTH_RADIUS_KM = 6371.0
# New to leading, settled, long-serving: the years at which the next band starts.
EXPERIENCE_BANDS = (4, 10)


@dataclass
class Problem:
    """People of one competency, sorted by id, as numbers.

    costs: (priorities, n, n) integers, symmetric with zeros on the diagonal; a group costs the sum over its
    pairs, and a gain (a wish met) is negative. forbidden: (n, n) bool. together: pairs of positions that
    must share a group. pairs: whether groups of two may be formed.
    """

    people: list[Person]
    priorities: tuple[Priority, ...]
    costs: Any
    forbidden: Any
    together: list[tuple[int, int]]
    pairs: bool

    @property
    def n(self) -> int:
        return len(self.people)

    @cached_property
    def position(self) -> dict[str, int]:
        return {person.id: index for index, person in enumerate(self.people)}


def estimated_minutes(one: Person, other: Person) -> int:
    """Great-circle distance with a detour, in whole minutes; 0 where a place is unknown."""
    if None in (one.lat, one.lng, other.lat, other.lng):
        return 0
    lat1, lng1, lat2, lng2 = map(math.radians, (one.lat, one.lng, other.lat, other.lng))
    part = math.sin((lat2 - lat1) / 2) ** 2
    part += math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    kilometres = 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(part)))
    return round(kilometres * MINUTES_PER_KILOMETRE)


def minutes_between(one: Person, other: Person, rules: Rules) -> int:
    if one.school and one.school == other.school:
        return 0
    table = rules.minutes or {}
    known = table.get((one.school, other.school), table.get((other.school, one.school)))
    return estimated_minutes(one, other) if known is None else known


def experience_band(person: Person) -> int | None:
    if person.experience is None:
        return None
    return sum(person.experience >= start for start in EXPERIENCE_BANDS)


def build_problem(people: list[Person], rules: Rules, *, pairs: bool) -> Problem:
    """people: all of one competency, in the order of their ids."""
    import numpy as np

    number = {person.id: index for index, person in enumerate(people)}
    forbidden = np.eye(len(people), dtype=bool)
    for index, person in enumerate(people):
        for other in (person.supervisor, *person.not_with):
            if other in number:
                forbidden[index, number[other]] = forbidden[number[other], index] = True
    for one, other in rules.pins.apart:
        if one in number and other in number:
            forbidden[number[one], number[other]] = forbidden[number[other], number[one]] = True
    together = [
        (number[one], number[other])
        for one, other in rules.pins.together
        if one in number and other in number and one != other
    ]
    # One table after the other into its place: a list of them beside the whole would double the memory.
    shape = (len(rules.priorities), len(people), len(people))
    costs = np.zeros(shape, dtype=np.int16)
    for row, priority in enumerate(rules.priorities):
        table = _small(_table(priority, people, number, rules))
        costs = costs if table.dtype == costs.dtype else costs.astype(np.int64)
        costs[row] = table
    return Problem(people, tuple(rules.priorities), costs, forbidden, together, pairs)


def offset(priority: Priority, people: list[Person], rules: Rules) -> int:
    """What the pairs' gains are taken from: all wishes for a partner, all pairs of last year."""
    if priority is Priority.WISHES:
        return sum(len(set(person.wishes) - {person.id}) for person in people)
    if priority is Priority.LAST_YEAR and rules.keep_last_trios:
        last = [person.last_trio for person in people if person.last_trio]
        return sum(last.count(word) - 1 for word in last) // 2
    return 0


def _table(priority: Priority, people: list[Person], number: dict[str, int], rules: Rules) -> Any:
    import numpy as np

    n = len(people)
    if priority is Priority.TRAVEL:
        return _travel(people, rules)
    if priority is Priority.SCHOOLS:
        return _alike([person.school or None for person in people])
    if priority is Priority.MIX:
        return _alike([person.role or None for person in people]) + _alike(
            [experience_band(person) for person in people]
        )
    if priority is Priority.LAST_YEAR:
        same = _alike([person.last_trio or None for person in people])
        return -same if rules.keep_last_trios else same
    table = np.zeros((n, n), dtype=np.int64)
    if priority is Priority.WISHES:
        for index, person in enumerate(people):
            for other in set(person.wishes) - {person.id}:
                if other in number:
                    table[index, number[other]] -= 1
                    table[number[other], index] -= 1
    elif priority is Priority.CONTEXT:
        same = _alike([person.context or None for person in people])
        known = np.array([bool(person.context) for person in people])
        different = (1 - same) * np.outer(known, known)
        np.fill_diagonal(different, 0)
        for index, person in enumerate(people):
            unwanted = {"same": different, "different": same}.get(person.context_wish)
            if unwanted is not None:
                table[index, :] += unwanted[index]
                table[:, index] += unwanted[index]
    elif priority is Priority.TIMES:
        given = [index for index, person in enumerate(people) if person.free]
        for index in given:
            for other in given:
                table[index, other] = not people[index].free & people[other].free
    return table


def _small(table: Any) -> Any:
    """In two bytes a pair where they hold every cost: 3,000 people of one focus have nine million pairs."""
    import numpy as np

    fits = not table.size or np.abs(table).max() <= np.iinfo(np.int16).max
    return table.astype(np.int16 if fits else np.int64)


def _alike(values: list[Any]) -> Any:
    """1 where two people have the same known value."""
    import numpy as np

    codes = {value: code for code, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
    mine = np.array([codes.get(value, -1) for value in values], dtype=np.int64)
    table = ((mine[:, None] == mine[None, :]) & (mine[:, None] >= 0)).astype(np.int16)
    np.fill_diagonal(table, 0)
    return table


def _travel(people: list[Person], rules: Rules) -> Any:
    """Between distinct places once each: a district has far fewer schools than pairs of people."""
    import numpy as np

    places: dict[tuple, int] = {}
    for person in people:
        places.setdefault((person.school, person.lat, person.lng), len(places))
    first: dict[int, Person] = {}
    mine = np.array([places[person.school, person.lat, person.lng] for person in people], dtype=np.int64)
    for code, person in zip(mine.tolist(), people, strict=True):
        first.setdefault(code, person)
    if len(places) > 400 and not rules.minutes:
        between = _many_minutes([first[code] for code in range(len(places))])
    else:
        between = np.zeros((len(places), len(places)), dtype=np.int64)
        for one in range(len(places)):
            for other in range(one):
                between[one, other] = between[other, one] = minutes_between(first[one], first[other], rules)
    return between[np.ix_(mine, mine)]


def _many_minutes(people: list[Person]) -> Any:
    """estimated_minutes for every pair at once."""
    import numpy as np

    known = np.array([None not in (person.lat, person.lng) for person in people])
    lat = np.radians([person.lat or 0.0 for person in people])
    lng = np.radians([person.lng or 0.0 for person in people])
    part = np.sin((lat[:, None] - lat) / 2) ** 2
    part += np.cos(lat)[:, None] * np.cos(lat) * np.sin((lng[:, None] - lng) / 2) ** 2
    minutes = np.rint(2 * EARTH_RADIUS_KM * MINUTES_PER_KILOMETRE * np.arcsin(np.sqrt(np.minimum(1, part))))
    schools = np.array([person.school for person in people])
    same = (schools[:, None] == schools) & (schools != "")[:, None]
    return (minutes * np.outer(known, known) * ~same).astype(np.int64)
