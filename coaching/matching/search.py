"""Good groups fast: a greedy start, then exchanges that make the first differing priority better.

Every random choice comes from a seed and every loop is counted, so that the same input gives the same groups
unless the time runs out. Priorities are compared one after the other, never added up.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

# Kicks where the solver comes afterwards: it needs a value to beat, not the best one.
FEW_KICKS = 100
# Kicks per person where nothing comes afterwards.
KICKS = 20


class Search:
    """tables: (p, n, n) int64, the first of them counts broken hard rules (negative: pairs kept together)."""

    def __init__(self, tables: Any, sizes: tuple[int, ...], seed: int):
        import numpy as np

        self.np = np
        self.tables = tables
        self.sizes = sizes
        self.n = tables.shape[1]
        self.random = np.random.default_rng(seed)
        self.group_of = np.zeros(self.n, dtype=np.int64)
        self.groups: list[list[int]] = []

    def start(self) -> None:
        """Fills one group after the other with whoever costs least beside those who are in it."""
        np = self.np
        free = np.ones(self.n, dtype=bool)
        # People with many broken rules or long ways everywhere choose first.
        order = np.lexsort([-self.tables[p].sum(axis=0) for p in range(len(self.tables) - 1, -1, -1)])
        self.groups = []
        for size in self.sizes:
            first = int(next(person for person in order if free[person]))
            members, free[first] = [first], False
            while len(members) < size:
                costs = self.tables[:, members, :].sum(axis=1)
                members.append(self._least(costs, np.flatnonzero(free)))
                free[members[-1]] = False
            self.groups.append(members)
        self._recount()

    def _least(self, costs: Any, candidates: Any) -> int:
        """The candidate whose column of costs is lexicographically lowest; the earliest of equals."""
        for row in costs:
            values = row[candidates]
            candidates = candidates[values == values.min()]
            if len(candidates) == 1:
                break
        return int(candidates[0])

    def use(self, groups: list[list[int]]) -> None:
        self.groups = [list(group) for group in groups]
        self._recount()

    def _recount(self) -> None:
        for number, group in enumerate(self.groups):
            self.group_of[group] = number
        # to_group[p, i, g]: what person i costs beside the members of group g. Four bytes hold every sum of
        # three ways; with eight, 3,000 people of one focus would need 200 MB for this table alone.
        shape = (len(self.tables), self.n, len(self.groups))
        self.to_group = self.np.empty(shape, dtype=self.np.int32)
        for number, group in enumerate(self.groups):
            self.to_group[:, :, number] = self.tables[:, :, group].sum(axis=2)
        self._own_again()

    def _own_again(self) -> None:
        self.own = self.to_group[:, self.np.arange(self.n), self.group_of].astype(self.np.int64)

    def total(self) -> tuple[int, ...]:
        return tuple(int(value) for value in self.own.sum(axis=1) // 2)

    def _exchange(self, one: int, other: int) -> None:
        here, there = int(self.group_of[one]), int(self.group_of[other])
        self.groups[here][self.groups[here].index(one)] = other
        self.groups[there][self.groups[there].index(other)] = one
        self.group_of[one], self.group_of[other] = there, here
        for number in (here, there):
            self.to_group[:, :, number] = self.tables[:, :, self.groups[number]].sum(axis=2)
        touched = self.groups[here] + self.groups[there]
        self.own[:, touched] = self.to_group[:, touched, self.group_of[touched]]

    def _better_partner(self, person: int) -> int | None:
        np = self.np
        mine = int(self.group_of[person])
        candidates = np.flatnonzero(self.group_of != mine)
        if not len(candidates):
            return None
        better = False
        for p in range(len(self.tables)):
            delta = (
                self.to_group[p, person, self.group_of[candidates]]
                + self.to_group[p, candidates, mine]
                - 2 * self.tables[p, person, candidates].astype(np.int64)
                - self.own[p, person]
                - self.own[p, candidates]
            )
            lowest = delta.min()
            if lowest > 0:
                return None
            candidates = candidates[delta == lowest]
            if lowest < 0:
                better = True
                break
        return int(candidates[0]) if better else None

    def descend(self, queue: list[int], running: Callable[[], bool]) -> None:
        """Exchanges until nobody in the queue, nor anyone touched on the way, can do better."""
        waiting = dict.fromkeys(queue)
        while waiting and running():
            person = next(iter(waiting))
            del waiting[person]
            partner = self._better_partner(person)
            if partner is not None:
                self._exchange(person, partner)
                here, there = self.group_of[person], self.group_of[partner]
                waiting.update(dict.fromkeys(self.groups[here] + self.groups[there]))

    def improve(self, running: Callable[[], bool], *, floor: tuple[int, ...], kicks: int) -> None:
        """Descends, then kicks three people at a time and keeps what is not worse. Stops at `floor`."""
        # Hard rules first, whatever the time: an answer that breaks one is none.
        self.descend(self.np.flatnonzero(self.own[0] > 0).tolist(), lambda: True)
        self.descend(list(range(self.n)), running)
        if len(self.groups) < 2:
            return
        best, kept = self.total(), [list(group) for group in self.groups]
        for _ in range(kicks):
            if best <= floor or not running():
                break
            touched: list[int] = []
            for _ in range(3):
                one, other = (int(x) for x in self.random.integers(self.n, size=2))
                if self.group_of[one] != self.group_of[other]:
                    self._exchange(one, other)
                    touched += self.groups[self.group_of[one]] + self.groups[self.group_of[other]]
            self.descend(touched, running)
            found = self.total()
            if found <= best:
                best, kept = found, [list(group) for group in self.groups]
            else:
                self._back_to(kept)
        self.use(kept)

    def _back_to(self, kept: list[list[int]]) -> None:
        changed = [number for number, group in enumerate(kept) if group != self.groups[number]]
        for number in changed:
            self.groups[number] = list(kept[number])
            self.group_of[kept[number]] = number
            self.to_group[:, :, number] = self.tables[:, :, kept[number]].sum(axis=2)
        self._own_again()


def until(moment: float, stop: Callable[[], bool] | None) -> Callable[[], bool]:
    """Whether there is time left (monotonic seconds) and nobody asked to stop."""
    return lambda: time.monotonic() < moment and not (stop and stop())
