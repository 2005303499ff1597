"""Mends trios after somebody left, came, or changed focus: fewest people moved, then as good as possible.

A group goes on as long as it keeps at least one of its people; whoever sits in it before and after has not
moved. Newcomers and people with a new focus need a seat anyway and are not counted as moved.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from coaching.matching import contradictions
from coaching.matching.columns import Columns, allowed, best_partition, columns_of, every_column, joined
from coaching.matching.competency import ALL_COLUMNS, Solution
from coaching.matching.costs import Problem, build_problem
from coaching.matching.forming import (
    Draft,
    best_groups,
    contradiction,
    finished,
    open_people,
    problem_of,
    share_of_time,
    without_completion,
)
from coaching.matching.inputs import checked
from coaching.matching.sentences import gettext as _
from coaching.matching.words import Person, Pins, Result, Rules, Stop, Trio

# A mended program that uproots more people than this for each change (or three in all) keeps a pair instead.
MOST_MOVED = 3
MOVED_PER_CHANGE = 1.5
# Up to this many people of one focus the fewest moves take a second of processor time. A machine busy with
# other work gives that second late; a repair cut short uproots people for nothing, so there it waits.
FEW = 40
SECONDS_FOR_MOVES = 20.0
SECONDS_FOR_WISHES = 5.0


@dataclass
class Mended:
    solution: Solution
    moved: list[str]
    problem: Problem


def repair_trios(
    trios: Sequence[Trio],
    people: Iterable[Person],
    rules: Rules | None = None,
    *,
    stop: Stop | None = None,
) -> Result:
    """trios: as they sit now, pinned ones untouched. people: everyone who takes part from now on.

    `moved` of the result names who changes seats although nothing about them changed.
    """
    rules = rules or Rules()
    began = time.monotonic()
    ordered, notes = checked(people, rules)
    draft = Draft(rules, {person.id: person for person in ordered}, began, notes)
    draft.bounds = [0] * len(rules.priorities)
    before = {name: number for number, trio in enumerate(trios) for name in trio.members}
    draft.rules = rules = replace(rules, pins=_with_pinned(rules.pins, trios, draft.people))
    clash = contradictions.find(ordered, rules)
    if clash:
        return contradiction(draft, clash)
    seated = {
        name: number
        for name, number in before.items()
        if name in draft.people and draft.people[name].competency == trios[number].competency
    }
    mended = _mend_all(draft, open_people(draft, ordered), seated, stop)
    for parts in mended.values():
        if not parts[-1].solution.possible:
            clash = without_completion(parts[-1].problem, rules, time.monotonic() + 1, stop)
            return contradiction(draft, clash)
    changes = len(set(before) - set(draft.people)) + len(set(draft.people) - set(seated))
    _keep_pairs(draft, mended, seated, max(MOST_MOVED, math.floor(MOVED_PER_CHANGE * changes)), stop)
    for focus in sorted(mended):
        for part in mended[focus]:
            draft.add(focus, part.solution, part.problem)
    draft.moved = tuple(sorted(name for parts in mended.values() for part in parts for name in part.moved))
    return finished(draft, stopped=bool(stop and stop()))


def _with_pinned(pins: Pins, trios: Sequence[Trio], people: dict[str, Person]) -> Pins:
    """Pinned trios stay whole as long as all of their people take part with the same focus."""
    whole = [
        tuple(trio.members)
        for trio in trios
        if trio.pinned
        and all(name in people and people[name].competency == trio.competency for name in trio.members)
    ]
    return replace(pins, trios=tuple(dict.fromkeys([*pins.trios, *whole])))


def _mend_all(
    draft: Draft, by_focus: dict[str, list[Person]], seated: dict[str, int], stop: Stop | None
) -> dict[str, list[Mended]]:
    mended = {}
    waiting = sorted(by_focus, key=lambda focus: (len(by_focus[focus]), focus))
    for number, focus in enumerate(waiting):
        moment = share_of_time(draft, [len(by_focus[other]) for other in waiting[number:]])
        mended[focus] = [_mend(problem_of(draft, focus, by_focus[focus]), draft.rules, seated, moment, stop)]
    return mended


def _keep_pairs(
    draft: Draft, mended: dict[str, list[Mended]], seated: dict[str, int], most: int, stop: Stop | None
) -> None:
    """Lets what is left of a trio go on as a pair where mending would move more than `most` people."""
    while sum(len(part.moved) for parts in mended.values() for part in parts) > most:
        choices = []
        for focus, parts in mended.items():
            problem = parts[-1].problem
            for pair in _remainders(problem, seated) if parts[-1].moved else []:
                rest = [person for person in problem.people if person.id not in pair]
                part = build_problem(rest, draft.rules, pairs=problem.pairs)
                again = _mend(part, draft.rules, seated, time.monotonic() + 2, stop)
                saved = len(parts[-1].moved) - len(again.moved)
                if (
                    again.solution.possible
                    and saved > 0
                    and all(len(group) > 1 for group in again.solution.groups)
                ):
                    choices.append((-saved, focus, pair, again))
        if not choices:
            return
        _saved, focus, pair, again = min(choices, key=lambda choice: choice[:3])
        draft.groups.append((focus, pair, False))
        mended[focus] = [again]
        one, other = (draft.people[name].label for name in pair)
        draft.notes.append(
            _(
                "%(one)s and %(other)s go on as a pair: a place in other groups would move too many people.",
                one=one,
                other=other,
            )
        )


def _remainders(problem: Problem, seated: dict[str, int]) -> list[tuple[str, ...]]:
    groups: dict[int, list[str]] = {}
    for person in problem.people:
        if person.id in seated:
            groups.setdefault(seated[person.id], []).append(person.id)
    pairs = [tuple(sorted(group)) for group in groups.values() if len(group) == 2]
    position = {person.id: index for index, person in enumerate(problem.people)}
    return sorted(pair for pair in pairs if not problem.forbidden[position[pair[0]], position[pair[1]]])


def _mend(problem: Problem, rules: Rules, seated: dict[str, int], moment: float, stop: Stop | None) -> Mended:
    import numpy as np

    old = np.array([seated.get(person.id, -1) for person in problem.people])
    fresh = best_groups(problem, rules, moment, stop)
    if not fresh.possible:
        return Mended(fresh, [], problem)
    sizes = tuple(sorted(map(len, fresh.groups), reverse=True))
    columns, base, moves = _with_bases(_candidates(problem, old, sizes, fresh), old)
    solution = _fewest_moves(problem, columns, base, moves, fresh, moment)
    moved = _moved(solution.groups, old)
    return Mended(solution, [problem.people[position].id for position in moved], problem)


def _candidates(problem: Problem, old: Any, sizes: Sequence[int], fresh: Solution) -> Columns:
    """Every group where they are few; else those near the groups there are, with the fresh ones."""
    import numpy as np

    n = problem.n
    parts = [columns_of(np.array([sorted(group)]), problem.costs) for group in fresh.groups]
    if sum(math.comb(n, size) for size in set(sizes)) <= ALL_COLUMNS:
        parts.append(every_column(n, set(sizes), problem.costs))
    else:
        groups = _near(n, old, set(sizes))
        parts += [columns_of(np.array(sorted(same)), problem.costs) for same in groups.values() if same]
    return allowed(joined(parts), problem.forbidden, problem.together)


def _near(n: int, old: Any, sizes: set[int]) -> dict[int, set[tuple[int, ...]]]:
    """Old groups whole, with one more, one less or one exchanged, and mixtures of people without a group."""
    kept = [tuple(i for i in range(n) if old[i] == number) for number in sorted(set(old.tolist()) - {-1})]
    loose = [i for i in range(n) if old[i] == -1]
    for group in kept:
        if len(group) < 3:
            loose += group
    found: dict[int, set[tuple[int, ...]]] = {size: set() for size in sizes}
    cores = {core for group in kept for k in (0, 1) for core in combinations(group, len(group) - k) if core}
    cores |= {core for k in (1, 2, 3) for core in combinations(sorted(loose)[:20], k)}
    for core in cores:
        if len(core) in sizes:
            found[len(core)].add(tuple(sorted(core)))
        if len(core) + 1 in sizes:
            found[len(core) + 1] |= {tuple(sorted({*core, i})) for i in range(n) if i not in core}
    return found


def _with_bases(columns: Columns, old: Any) -> tuple[Columns, Any, Any]:
    """Each column once for every old group it could continue: (columns, that group or -1, people moved)."""
    import numpy as np

    of_member = np.where(columns.index >= 0, old[columns.index], -1)
    which, base = [], []
    for number in range(4):
        mine = of_member[:, number]
        new = (mine >= 0) & ~(of_member[:, :number] == mine[:, None]).any(axis=1)
        which.append(np.flatnonzero(new))
        base.append(mine[new])
    which.append(np.arange(len(columns)))
    base.append(np.full(len(columns), -1))
    which, base = np.concatenate(which), np.concatenate(base)
    members = of_member[which]
    moves = ((members >= 0) & (members != base[:, None])).sum(axis=1)
    return columns.take(which), base, moves


def _fewest_moves(
    problem: Problem, columns: Columns, base: Any, moves: Any, fresh: Solution, moment: float
) -> Solution:
    """Moves first, then the priorities, each with what came before held fast; `fresh` where time runs out."""
    import numpy as np

    counts = dict(Counter(map(len, fresh.groups)))
    limits = [((base == number).astype(float), 1) for number in sorted(set(base.tolist()) - {-1})]
    goals = [moves, *columns.costs]
    groups = fresh.groups
    values, bounds = [], []
    for number, cost in enumerate(goals):
        least = 1.0 if problem.n > FEW else SECONDS_FOR_MOVES if not number else SECONDS_FOR_WISHES
        seconds = max(least, (moment - time.monotonic()) / (len(goals) - number))
        if number and not cost.any():
            values.append(0)
            bounds.append(0)
            continue
        answer = best_partition(columns, cost, problem.n, counts, limits, seconds)
        if answer.chosen is not None:
            groups = [columns.group(i) for i in answer.chosen]
            value = int(cost[answer.chosen].sum())
            limits.append((cost.astype(float), value))
        else:
            value = sum(int(problem.costs[number - 1][np.ix_(g, g)].sum()) // 2 for g in groups)
        bound = math.ceil(answer.bound - 1e-6) if answer.bound is not None else value - abs(value)
        if number:
            values.append(value)
            bounds.append(min(value, bound))
    return Solution(groups, values, bounds)


def _moved(groups: Sequence[Sequence[int]], old: Any) -> list[int]:
    """Who leaves the old group, which goes on in one new group: where most of it sits."""
    stays: dict[int, tuple[int, int]] = {}
    pairs = []
    for number, group in enumerate(groups):
        for base in sorted({int(old[i]) for i in group} - {-1}):
            pairs.append((-sum(int(old[i]) == base for i in group), base, number))
    used: set[int] = set()
    for count, base, number in sorted(pairs):
        if base not in stays and number not in used:
            stays[base] = (number, count)
            used.add(number)
    return [
        i
        for number, group in enumerate(groups)
        for i in group
        if old[i] >= 0 and stays.get(int(old[i]), (-1, 0))[0] != number
    ]
