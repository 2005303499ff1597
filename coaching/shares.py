"""Who had how much of the time, and what a trio may want to notice. Pure: numbers in, facts out.

For the trio's own eyes: nothing of this is shown to anybody else.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Person = Hashable
Minutes = Mapping[Person, int]


def shares(rounds: Sequence[Minutes], people: Sequence[Person]) -> dict[Person, float]:
    """Each person's part of all minutes of the rounds, 0 to 1; empty when no minute was written down."""
    total = sum(minutes for each in rounds for who, minutes in each.items() if who in people)
    if not total:
        return {}
    return {who: sum(each.get(who, 0) for each in rounds) / total for who in people}


def passed_over(
    rounds: Sequence[Minutes], people: Sequence[Person], *, percent: int, running: int
) -> list[Person]:
    """Who got less than `percent` of the time in each of the latest `running` rounds; newest round first.

    Rounds without minutes say nothing and are left out. With two people or more; four share a quarter each.
    """
    told = [each for each in rounds if shares([each], people)][:running]
    if len(told) < running:
        return []
    return [who for who in people if all(shares([each], people)[who] * 100 < percent for each in told)]


def missed_running(outcomes: Sequence[bool]) -> int:
    """How many of the latest appointments in a row did not take place; `outcomes`: held?, newest first."""
    for number, held in enumerate(outcomes):
        if held:
            return number
    return len(outcomes)


def untouched(rounds: Sequence[set[int]], goals: Mapping[int, int], *, running: int) -> list[int]:
    """Goals that none of the latest `running` rounds touched; newest round first.

    `goals`: goal → how many rounds took place since it stands in a shared plan, so that a goal written
    yesterday is not called forgotten.
    """
    if len(rounds) < running:
        return []
    touched = set().union(*rounds[:running])
    return [goal for goal, age in goals.items() if age >= running and goal not in touched]


def evenly(minutes: int, people: Sequence[Person]) -> dict[Person, int]:
    """Minutes shared out evenly to whole minutes; what is left over goes to the first ones."""
    if not people:
        return {}
    each, rest = divmod(max(minutes, 0), len(people))
    return {who: each + (place < rest) for place, who in enumerate(people)}


@dataclass(frozen=True)
class Slot:
    """One turn of a talk: who is coached, by whom, and from which minute to which."""

    coached: Person
    coaches: tuple[Person, ...]
    starts: int
    minutes: int


def turns(people: Sequence[Person], minutes: int, round_number: int) -> list[Slot]:
    """Everyone is coached once and coaches the others; who begins rotates with the round."""
    if not people:
        return []
    first = (round_number - 1) % len(people)
    order = [*people[first:], *people[:first]]
    found, clock = [], 0
    for who, length in evenly(minutes, order).items():
        found.append(Slot(who, tuple(other for other in order if other != who), clock, length))
        clock += length
    return found
