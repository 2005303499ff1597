"""The best groups of one competency: priority after priority, each proven where that can be done in time."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coaching.matching.columns import (
    Columns,
    allowed,
    best_partition,
    every_column,
    joined,
    of_groups,
    partition_rows,
    relaxed,
)
from coaching.matching.costs import Problem
from coaching.matching.pricing import Pricing, generate
from coaching.matching.search import FEW_KICKS, KICKS, Search

# Up to this many possible groups all of them go to the solver.
ALL_COLUMNS = 5_000
# What the solver takes in at once; more than this it does not finish in a minute.
MOST_COLUMNS = 12_000
# Looking through all threes of more people than this takes longer than a minute: a plainer bound is used.
MOST_FOR_PRICING = 700


@dataclass
class Solution:
    """groups: positions; a group of one is somebody who cannot be placed. values, bounds: one a priority."""

    groups: list[list[int]]
    values: list[int] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)
    possible: bool = True


class Solver:
    def __init__(self, problem: Problem, sizes: tuple[int, ...], seed: int, running: Callable[[], bool]):
        import numpy as np

        self.np, self.problem, self.sizes, self.running = np, problem, sizes, running
        self.counts = dict(Counter(sizes))
        self.seed = seed
        self.forbidden = problem.forbidden.copy()
        self.settled: list[tuple[int, int]] = []
        self.columns: Columns | None = None
        self.complete = True
        self.groups: list[list[int]] = []

    def solve(self, until: float) -> Solution:
        """until: moment (monotonic) when the solver must be back; the best so far is returned then."""
        if not self._find_a_start(until):
            return Solution([], possible=False)
        values, bounds = [], []
        rows = range(len(self.problem.costs))
        for row in rows:
            value, bound = self._settle(row, until)
            values.append(value)
            bounds.append(bound)
        return Solution(sorted(sorted(group) for group in self.groups), values, bounds)

    def _find_a_start(self, until: float) -> bool:
        np, problem = self.np, self.problem
        if sum(math.comb(problem.n, size) for size in self.counts) <= ALL_COLUMNS:
            every = every_column(problem.n, set(self.counts), problem.costs)
            self.columns = allowed(every, self.forbidden, problem.together)
        broken = self.forbidden.astype(problem.costs.dtype)
        np.fill_diagonal(broken, 0)
        for one, other in problem.together:
            broken[one, other] = broken[other, one] = -1
        telling = [row for row in range(len(problem.costs)) if problem.costs[row].any()]
        search = Search(np.concatenate([broken[None], problem.costs[telling]]), self.sizes, self.seed)
        search.start()
        floor = (-len({frozenset(pair) for pair in problem.together}), *map(self._trivial, telling))
        kicks = FEW_KICKS if problem.n <= MOST_FOR_PRICING else KICKS * problem.n
        search.improve(self.running, floor=floor, kicks=kicks)
        self.groups = search.groups
        if search.total()[0] == floor[0]:
            return True
        if self.columns is None:
            return False
        cost = self.np.zeros(len(self.columns), dtype=np.int64)
        answer = best_partition(self.columns, cost, problem.n, self.counts, [], until - time.monotonic())
        if answer.chosen is None:
            return False
        self.groups = [self.columns.group(number) for number in answer.chosen]
        return True

    def _trivial(self, row: int) -> int:
        """No groups can cost less: every pair with a gain together, no other cost; or nearest neighbours."""
        table = self.problem.costs[row]
        return int(self.np.minimum(table, 0).sum() // 2)

    def _value(self, row: int) -> int:
        table = self.problem.costs[row]
        return sum(int(table[self.np.ix_(group, group)].sum()) // 2 for group in self.groups)

    def _settle(self, row: int, until: float) -> tuple[int, int]:
        value, bound = self._value(row), self._trivial(row)
        if value > bound and self.columns is None:
            bound = max(bound, self._neighbours(row))
        if value > bound:
            bound = self._bounded(row, value, bound, until)
            value = self._value(row)
        if value > bound and self.columns is not None:
            bound = self._exactly(row, value, bound, until)
            value = self._value(row)
        self._keep(row, value)
        return value, bound

    def _neighbours(self, row: int) -> int:
        """Each person pays at least half of the ways to the nearest people who may share a group."""
        np = self.np
        smallest = min(self.sizes) - 1
        if smallest == 0:
            return self._trivial(row)
        # Half of the bytes of a usual float: whole minutes up to sixteen million are exact in it.
        table = self.problem.costs[row].astype(np.float32)
        table[self.forbidden] = np.inf
        table.partition(smallest - 1, axis=1)
        nearest = table[:, :smallest].astype(float)
        return math.ceil(nearest[np.isfinite(nearest)].sum() / 2 - 1e-6)

    def _bounded(self, row: int, value: int, bound: int, until: float) -> int:
        """A bound from the linear relaxation; keeps only groups that can come to `value` or less."""
        if self.columns is None:
            if self.problem.n > MOST_FOR_PRICING or not self.running():
                return bound
            pricing = Pricing(self.problem.costs, row, self.forbidden, self.counts, self.settled)
            made = generate(pricing, self.groups, self.running, most_columns=MOST_COLUMNS)
            bound = max(bound, math.ceil(made.bound - 1e-6))
            # A better value from the likeliest groups leaves fewer that can matter.
            self._look_at(made.likely, complete=False)
            if value > bound:
                now = time.monotonic()
                self._exactly(row, value, bound, now + (until - now) / 4)
            made = made.gather(self._value(row))
            self._look_at(made.columns, complete=made.complete)
            return max(bound, math.ceil(made.bound - 1e-6))
        if not self.running():
            return bound
        relaxation, reduced = self._relaxation(row)
        if self.complete:
            bound = max(bound, math.ceil(relaxation - 1e-6))
            self.columns = self.columns.take(self.np.flatnonzero(reduced <= value - relaxation + 1e-5))
        return bound

    def _look_at(self, columns: Columns, *, complete: bool) -> None:
        both = joined([columns, of_groups(self.groups, self.problem.costs)])
        self.columns = allowed(both, self.forbidden, self.problem.together)
        self.complete = complete

    def _limits(self) -> list[tuple[Any, int]]:
        return [(self.columns.costs[row], most) for row, most in self.settled]

    def _relaxation(self, row: int) -> tuple[float, Any]:
        np, limits = self.np, self._limits()
        cost = self.columns.costs[row]
        value, people, sizes, below = relaxed(self.columns, cost, self.problem.n, self.counts, limits)
        matrix, _ = partition_rows(self.columns, self.problem.n, self.counts)
        reduced = cost - matrix.T @ np.concatenate([people, sizes])
        for price, (limited, _) in zip(below, limits, strict=True):
            reduced = reduced - price * limited
        return value, reduced

    def _exactly(self, row: int, value: int, bound: int, until: float) -> int:
        cost = self.columns.costs[row]
        # Half of what is left, so that the priorities after this one have their turn.
        seconds = (until - time.monotonic()) / 2
        if seconds <= 0.05 or not self.running():
            return bound
        answer = best_partition(self.columns, cost, self.problem.n, self.counts, self._limits(), seconds)
        if answer.chosen is not None and cost[answer.chosen].sum() < value:
            self.groups = [self.columns.group(number) for number in answer.chosen]
        if self.complete and answer.bound is not None and math.isfinite(answer.bound):
            bound = max(bound, math.ceil(answer.bound - 1e-6))
        return min(bound, self._value(row))

    def _keep(self, row: int, value: int) -> None:
        """Later priorities may not make this one worse."""
        table = self.problem.costs[row]
        if value == 0 and (table >= 0).all():
            self.forbidden |= table > 0
            if self.columns is not None:
                self.columns = self.columns.take(self.np.flatnonzero(self.columns.costs[row] == 0))
            return
        self.settled.append((row, value))
        if not self.complete:
            # Groups that were left out may serve the next priority: it looks for its own.
            self.columns, self.complete = None, True
