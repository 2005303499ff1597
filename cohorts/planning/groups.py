"""Dialogue groups: people from different schools who have not sat together lately."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

# Two of one school know what the other thinks; that weighs more than having met in a group before.
SAME_SCHOOL = 5
ROUNDS = 400


@dataclass(frozen=True)
class Person:
    key: Any
    school: Any = None


Past = Mapping[frozenset, int]


def sizes(people: int, least: int, most: int) -> list[int]:
    """How large the groups are: even to one person, within the bounds where the number allows it.

    Eight people and groups of five to seven do not fit: then one group is too large or two are too small, and
    two small groups are taken, because in a large one somebody falls silent.
    """
    if people <= 0:
        return []
    number = max(1, -(-people // most))
    while number > 1 and people // number < least and -(-people // (number - 1)) <= most:
        number -= 1
    base, more = divmod(people, number)
    return [base + 1] * more + [base] * (number - more)


def price(groups: Sequence[Sequence[Person]], past: Past) -> int:
    """What a split costs: each pair of one school, and each time a pair has sat together before."""
    return sum(_pair(a, b, past) for group in groups for a, b in combinations(group, 2))


def _pair(a: Person, b: Person, past: Past) -> int:
    school = SAME_SCHOOL if a.school is not None and a.school == b.school else 0
    return school + past.get(frozenset((a.key, b.key)), 0)


def split(
    people: Sequence[Person], *, least: int, most: int, past: Past, seed: int = 0
) -> list[list[Person]]:
    """Groups of `least` to `most` people; the same seed gives the same groups.

    People are dealt one by one to where they cost least, then swapped as long as a swap helps.
    """
    deal = random.Random(seed)  # noqa: S311 (who sits with whom is no secret)
    queue = list(people)
    deal.shuffle(queue)
    # Those of large schools first: later there is less room to keep them apart.
    crowd = {p.school: sum(o.school == p.school for o in queue) for p in queue}
    queue.sort(key=lambda p: -crowd[p.school] if p.school is not None else 0)
    room = sizes(len(queue), least, most)
    groups: list[list[Person]] = [[] for _ in room]
    for person in queue:
        free = [n for n, group in enumerate(groups) if len(group) < room[n]]
        best = min(free, key=lambda n: (sum(_pair(person, o, past) for o in groups[n]), len(groups[n]), n))
        groups[best].append(person)
    _swap(groups, past, deal)
    return groups


def _swap(groups: list[list[Person]], past: Past, deal: random.Random) -> None:
    places = [(n, m) for n, group in enumerate(groups) for m in range(len(group))]
    for _round in range(ROUNDS):
        helped = False
        deal.shuffle(places)
        for (g, i), (h, j) in combinations(places, 2):
            if g != h and _gain(groups, g, i, h, j, past) > 0:
                groups[g][i], groups[h][j] = groups[h][j], groups[g][i]
                helped = True
        if not helped:
            return


def _gain(groups: list[list[Person]], g: int, i: int, h: int, j: int, past: Past) -> int:
    """What swapping two people saves."""
    a, b = groups[g][i], groups[h][j]
    with_a = [p for n, p in enumerate(groups[g]) if n != i]
    with_b = [p for n, p in enumerate(groups[h]) if n != j]
    now = sum(_pair(a, p, past) for p in with_a) + sum(_pair(b, p, past) for p in with_b)
    then = sum(_pair(b, p, past) for p in with_a) + sum(_pair(a, p, past) for p in with_b)
    return now - then
