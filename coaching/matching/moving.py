"""Moves by hand: where a person could sit instead, with the effect of each place.

Only what the person at the screen may know decides what is offered: focus, seats, pins, supervision. A
confidential wish neither forbids a place nor changes its order (docs/decisions/confidential-wishes.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.matching.describing import Tables
from coaching.matching.words import MOST_SEATS, Person, Rules, Trio


@dataclass(frozen=True)
class Place:
    """group: number of the group the person would join, -1 for none. swap: who takes their seat, or nothing.

    effect: what each priority would change by; less is better. left, joined: sizes of the two groups then.
    """

    group: int
    swap: str
    effect: tuple[int, ...]
    left: int
    joined: int


def supervised(one: Person, other: Person) -> bool:
    return other.id == one.supervisor or one.id == other.supervisor


def places(
    people: Sequence[Person],
    rules: Rules,
    groups: Sequence[Trio],
    unplaced: Sequence[str],
    person: str,
) -> list[Place]:
    """Every place that the open rules leave to the person, the best effect first, no seat at all last."""
    by_id = {one.id: one for one in people}
    me = by_id[person]
    here = seat_of(groups, person)
    if here >= 0 and groups[here].pinned:
        return []
    tables = Tables(people, rules)
    mine = groups[here].members if here >= 0 else (person,)
    left = tuple(name for name in mine if name != person)
    found = []
    for number, group in enumerate(groups):
        if number == here or group.pinned or group.competency != me.competency:
            continue
        if len(group.members) < MOST_SEATS and _may(by_id, (*group.members, person)):
            after = [left, (*group.members, person)]
            found.append(_place(tables, [mine, group.members], after, number, ""))
        for other in group.members:
            there = (*(name for name in group.members if name != other), person)
            back = (*left, other) if here >= 0 else (other,)
            if _may(by_id, there) and _may(by_id, back):
                found.append(_place(tables, [mine, group.members], [back, there], number, other))
    if here < 0:
        waiting = [name for name in unplaced if name != person and by_id[name].competency == me.competency]
        for other in waiting:
            if _may(by_id, (person, other)):
                found.append(_place(tables, [(person,)], [(), (person, other)], -1, other))
    else:
        found.append(_place(tables, [mine], [left, (person,)], -1, ""))
    # A seat given up costs nothing that is counted and is hardly ever meant: it comes last.
    return sorted(found, key=lambda place: (place.group < 0, place.effect, place.group, place.swap))


def _place(
    tables: Tables, before: list[tuple[str, ...]], after: list[tuple[str, ...]], group: int, swap: str
) -> Place:
    old = [tables.cost(members) for members in before]
    new = [tables.cost(members) for members in after]
    effect = tuple(
        sum(cost[row] for cost in new) - sum(cost[row] for cost in old)
        for row in range(len(tables.rules.priorities))
    )
    return Place(group, swap, effect, len(after[0]), len(after[1]))


def _may(by_id: dict[str, Person], members: Sequence[str]) -> bool:
    return not any(
        supervised(by_id[one], by_id[other]) for one in members for other in members if one < other
    )


def seat_of(groups: Sequence[Trio], person: str) -> int:
    return next((number for number, group in enumerate(groups) if person in group.members), -1)


def moved(
    groups: Sequence[Trio], unplaced: Sequence[str], person: str, group: int, swap: str, focus: str
) -> tuple[list[Trio | None], list[str]]:
    """The groups after the move, in their order, None where one has ended; and who is without a seat.

    Somebody who would be left behind alone is without a seat too.
    """
    found: list[Trio | None] = list(groups)
    alone = [name for name in unplaced if name != person]
    here = seat_of(groups, person)
    if here >= 0:
        found[here] = _with(groups[here], without=person, plus=swap if group >= 0 else "")
    elif swap:
        alone = [name for name in alone if name != swap] + ([swap] if group >= 0 else [])
    if group >= 0:
        found[group] = _with(groups[group], without=swap, plus=person)
    elif here < 0:
        found.append(Trio(tuple(sorted((person, swap))), focus))
    else:
        alone.append(person)
    for number, one in enumerate(found):
        if one is not None and len(one.members) < 2:
            alone += one.members
            found[number] = None
    return found, sorted(alone)


def _with(group: Trio, *, without: str, plus: str) -> Trio:
    members = [name for name in group.members if name != without] + ([plus] if plus else [])
    return Trio(tuple(sorted(members)), group.competency, (), group.pinned)
