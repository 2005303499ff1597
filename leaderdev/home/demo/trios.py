"""Trios of the demo: the same competency, different schools and roles, never supervisor with supervised.

A seeded search that is good enough for demo people; forming real trios is the coaching app's work.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

SIZE = 3
ROUNDS = 400
Pair = frozenset[str]
Key = TypeVar("Key")

# Ordered so that no number of lesser faults outweighs a greater one among the three pairs of a trio.
SUPERVISION, SAME_SCHOOL, SAME_AS_BEFORE, ALL_ONE_ROLE = 1000, 100, 10, 3


@dataclass(frozen=True)
class Person:
    key: str
    school: str
    role: str


def form_trios(
    rng: random.Random,
    people: Sequence[Person],
    supervision: Collection[Pair],
    together_before: Collection[Pair],
) -> list[tuple[str, ...]]:
    """Groups of three, the last of four where one person is left over; where two are, it refuses."""
    if len(people) < SIZE or len(people) % SIZE == 2:
        raise ValueError(f"{len(people)} people do not make threes with at most one four.")
    by_key = {person.key: person for person in people}
    order = [person.key for person in people]
    rng.shuffle(order)
    groups = [order[start : start + SIZE] for start in range(0, len(order) - len(order) % SIZE, SIZE)]
    if len(order) % SIZE:
        groups[-1].append(order[-1])

    def cost(group: Sequence[str]) -> int:
        return _cost([by_key[key] for key in group], supervision, together_before)

    for _round in range(ROUNDS if len(groups) > 1 else 0):
        left, right = rng.sample(range(len(groups)), 2)
        _swap_if_better(rng, groups[left], groups[right], cost)
    if any(cost(group) >= SUPERVISION for group in groups):
        raise ValueError("These people cannot be seated without supervisor and supervised together.")
    return [tuple(sorted(group)) for group in groups]


def _swap_if_better(
    rng: random.Random, one: list[str], two: list[str], cost: Callable[[Sequence[str]], int]
) -> None:
    before = cost(one) + cost(two)
    here, there = rng.randrange(len(one)), rng.randrange(len(two))
    one[here], two[there] = two[there], one[here]
    if cost(one) + cost(two) > before:
        one[here], two[there] = two[there], one[here]


def _cost(group: Sequence[Person], supervision: Collection[Pair], together_before: Collection[Pair]) -> int:
    total = ALL_ONE_ROLE if len({person.role for person in group}) == 1 else 0
    for one, two in combinations(group, 2):
        pair = frozenset((one.key, two.key))
        total += SUPERVISION * (pair in supervision) + SAME_AS_BEFORE * (pair in together_before)
        total += SAME_SCHOOL * (one.school == two.school)
    return total


def pairs_of(groups: Iterable[Sequence[Key]]) -> set[frozenset[Key]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}
