"""Column generation: a bound, and the few groups that can matter, without listing all groups.

The linear relaxation of the set partition is solved over some groups; its prices tell which of the others
would help, and those are found block by block from tables over pairs. At the end every group whose reduced
cost is above (value found − bound) is in no better partition, so that the rest can be solved exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coaching.matching.columns import Columns, Limits, columns_of, joined, of_groups, relaxed

MOST_ROUNDS = 200
# Groups a person among those that the solver looks through for a better value.
LIKELY_FOR_EACH = 12
# Beyond this many people the fours are bounded from the threes instead of being looked through.
MOST_FOR_FOURS = 260
# Reduced costs are floating point; a hundred-thousandth of a minute does not matter.
TINY = 1e-5


@dataclass
class Prices:
    """Duals: of each person, of each size, and of each limit on an earlier priority (zero or less)."""

    people: Any
    sizes: dict[int, float]
    limits: Any

    def between(self, other: Prices, share: float) -> Prices:
        """This one moved by `share` towards the other."""
        mixed = {size: (1 - share) * price + share * other.sizes[size] for size, price in self.sizes.items()}
        return Prices(
            (1 - share) * self.people + share * other.people,
            mixed,
            (1 - share) * self.limits + share * other.limits,
        )


@dataclass
class Generated:
    """bound: of the linear relaxation. complete: `columns` hold every group a better partition could use.

    likely: the few of lowest reduced cost, among which the solver soon finds a good partition.
    gather: the same again with a lower value to beat, which leaves fewer groups.
    """

    bound: float
    columns: Columns
    complete: bool
    likely: Columns
    gather: Callable[[int], Generated]


class Pricing:
    """costs: all (p, n, n) tables; row: the priority at hand; limits: (priority, most) settled before."""

    def __init__(self, costs: Any, row: int, forbidden: Any, counts: dict[int, int], limits: list):
        import numpy as np

        self.np, self.costs, self.row, self.counts, self.settled = np, costs, row, counts, limits
        self.forbidden, self.n = forbidden, costs.shape[1]
        self.mins: dict[int, float] = {}

    def _table(self, prices: Prices) -> tuple[Any, Any]:
        """Pair costs with the limits' prices in them: whole, and its upper triangle (the rest infinite)."""
        np = self.np
        table = self.costs[self.row].astype(float)
        for price, (row, _) in zip(prices.limits, self.settled, strict=True):
            if price:
                table -= price * self.costs[row]
        table[self.forbidden] = np.inf
        upper = table.copy()
        upper[np.tril_indices(self.n)] = np.inf
        return table, upper

    def value(self, prices: Prices) -> float:
        value = float(prices.people.sum())
        value += sum(prices.sizes[size] * count for size, count in self.counts.items())
        return value + sum(p * most for p, (_, most) in zip(prices.limits, self.settled, strict=True))

    def find(self, prices: Prices, below: float, most: int, *, every_four: bool) -> dict[int, Any]:
        """Groups of each size with a reduced cost under `below`, at most `most` a block; sets self.mins."""
        np = self.np
        table, upper = self._table(prices)
        found: dict[int, list] = {size: [] for size in self.counts}
        self.mins = dict.fromkeys(self.counts, math.inf)
        if 1 in self.counts:
            self._note(found, 1, -prices.people - prices.sizes[1], np.arange(self.n)[:, None], below, most)
        if 2 in self.counts:
            cost = upper - prices.people[:, None] - prices.people - prices.sizes[2]
            self._block(found, 2, cost, (), 0, below, most)
        if 3 in self.counts:
            for one in range(self.n - 2):
                side = table[one, one + 1 :] - prices.people[one + 1 :]
                rest = side - (prices.people[one] + prices.sizes[3])
                self._block(
                    found,
                    3,
                    upper[one + 1 :, one + 1 :] + side[:, None] + rest,
                    (one,),
                    one + 1,
                    below,
                    most,
                )
        if 4 in self.counts and every_four and self.n <= MOST_FOR_FOURS:
            self._fours(found, table, upper, prices, below, most)
        elif 4 in self.counts:
            self._likely_fours(found, table, prices, below, most)
        return {size: np.concatenate(parts) for size, parts in found.items() if parts}

    def _fours(self, found: dict, table: Any, upper: Any, prices: Prices, below: float, most: int) -> None:
        cheapest = float(upper.min())
        for one in range(self.n - 3):
            for two in range(one + 1, self.n - 2):
                fixed = table[one, two] - prices.people[one] - prices.people[two] - prices.sizes[4]
                if math.isinf(fixed):
                    continue
                side = table[one, two + 1 :] + table[two, two + 1 :] - prices.people[two + 1 :]
                # No pair in the block is cheaper than this, so most blocks need not be built.
                if fixed + 2 * side.min() + cheapest >= max(below, self.mins[4]):
                    continue
                block = upper[two + 1 :, two + 1 :] + side[:, None] + (side + fixed)
                self._block(found, 4, block, (one, two), two + 1, below, most)

    def _likely_fours(self, found: dict, table: Any, prices: Prices, below: float, most: int) -> None:
        """Cheap threes with a fourth. The bound of all fours is then taken from threes and single prices.

        A four costs half of its four threes together, so its reduced cost is at least twice the lowest of a
        three plus half the sum of the four lowest prices.
        """
        np = self.np
        if 3 in self.counts and found[3]:
            threes = np.concatenate(found[3])[:2000]
            first, second, third = threes.T
            base = table[first, second] + table[first, third] + table[second, third]
            base -= prices.people[threes].sum(axis=1) + prices.sizes[4]
            cost = base[:, None] + table[first] + table[second] + table[third] - prices.people
            where = np.argwhere(cost < below)
            if len(where):
                keep = where[np.argsort(cost[where[:, 0], where[:, 1]], kind="stable")[: 5 * most]]
                fours = np.sort(np.column_stack([threes[keep[:, 0]], keep[:, 1]]), axis=1)
                found[4].append(np.unique(fours, axis=0))
        lowest = np.sort(prices.people)[:4].sum() / 2
        three = self.mins[3] + prices.sizes[3] if 3 in self.counts else -np.sort(prices.people)[-3:].sum()
        self.mins[4] = 2 * three + lowest - prices.sizes[4]

    def _block(
        self, found: dict, size: int, cost: Any, before: tuple, offset: int, below: float, most: int
    ) -> None:
        lowest = float(cost.min())
        self.mins[size] = min(self.mins[size], lowest)
        if lowest >= below:
            return
        np = self.np
        flat = np.flatnonzero(cost < below)
        if len(flat) > most:
            flat = flat[np.argpartition(cost.ravel()[flat], most)[:most]]
        rows, columns = np.divmod(flat, cost.shape[1])
        fixed = [np.full(len(flat), member) for member in before]
        found[size].append(np.column_stack([*fixed, rows + offset, columns + offset]))

    def _note(self, found: dict, size: int, cost: Any, groups: Any, below: float, most: int) -> None:
        self.mins[size] = float(cost.min())
        if self.mins[size] < below:
            found[size].append(groups[cost < below][:most])

    def slack(self) -> float:
        """What the groups with a negative reduced cost could take off the value at most (zero or less)."""
        return sum(count * min(0.0, self.mins[size]) for size, count in self.counts.items())

    def columns(self, found: dict[int, Any]) -> list[Columns]:
        return [columns_of(groups, self.costs) for groups in found.values()]

    def limits(self, columns: Columns) -> Limits:
        return [(columns.costs[row], most) for row, most in self.settled]


def generate(
    pricing: Pricing, groups: list[list[int]], running: Callable[[], bool], *, most_columns: int
) -> Generated:
    """groups: a partition that keeps the limits; its value is the one to beat."""
    pool = of_groups(groups, pricing.costs)
    target = int(pool.costs[pricing.row].sum())
    best: tuple[float, Prices] | None = None
    converged = False
    for _ in range(MOST_ROUNDS):
        value, people, sizes, limits = relaxed(
            pool, pool.costs[pricing.row], pricing.n, pricing.counts, pricing.limits(pool)
        )
        exact = Prices(people, dict(zip(sorted(pricing.counts), map(float, sizes), strict=True)), limits)
        # Prices jump about while columns are few: half-way back to the best so far needs fewer rounds.
        for prices in [best[1].between(exact, 0.5), exact] if best else [exact]:
            found = pricing.find(prices, -TINY, 6, every_four=converged)
            bound = pricing.value(prices) + pricing.slack()
            if best is None or bound > best[0]:
                best = (bound, prices)
            # A group that the pool holds already tells nothing new: the exact prices are asked then.
            grown = joined([pool, *pricing.columns(found)]) if found else pool
            if len(grown) > len(pool):
                break
        if math.ceil(best[0] - 1e-6) >= target or not running():
            break
        if len(grown) == len(pool) or value - best[0] < 1e-4 * max(1.0, abs(value)):
            if converged:
                break
            converged = True
        pool = _trimmed(grown, exact, pricing)
    return _gathered(pricing, pool, best, target, most_columns)


def _reduced(columns: Columns, prices: Prices, pricing: Pricing) -> Any:
    np = pricing.np
    padded = np.append(prices.people, 0.0)
    cost = columns.costs[pricing.row] - padded[columns.index].sum(axis=1)
    cost -= np.array([prices.sizes.get(size, 0.0) for size in range(5)])[columns.size]
    for price, (row, _) in zip(prices.limits, pricing.settled, strict=True):
        cost = cost - price * columns.costs[row]
    return cost


def _trimmed(pool: Columns, prices: Prices, pricing: Pricing) -> Columns:
    """The pool without what has become dear, once it is large; a partition always stays possible."""
    most = 40 * pricing.n
    if len(pool) <= 2 * most:
        return pool
    order = pricing.np.argsort(_reduced(pool, prices, pricing), kind="stable")
    return pool.take(pricing.np.sort(order[:most]))


def _gathered(
    pricing: Pricing, pool: Columns, best: tuple[float, Prices], target: int, most_columns: int
) -> Generated:
    bound, prices = best
    np = pricing.np
    # Prices of the best bound may leave a few groups below zero; the margin pays for them.
    pricing.find(prices, -math.inf, 1, every_four=True)
    bound = max(bound, pricing.value(prices) + pricing.slack())
    below = target - pricing.value(prices) - pricing.slack() + TINY - min(0.0, *pricing.mins.values())
    per_block = max(8, 4 * most_columns // max(1, pricing.n))
    found = pricing.find(prices, below, per_block, every_four=True)
    parts = pricing.columns(found)
    columns = joined([*parts, pool]) if parts else pool
    cost = _reduced(columns, prices, pricing)
    within = np.flatnonzero(cost <= below)
    full = all(len(groups) for groups in found.values()) and _nothing_cut(pricing, found, per_block)
    complete = (
        full and len(within) <= most_columns and (4 not in pricing.counts or pricing.n <= MOST_FOR_FOURS)
    )
    if len(within) > most_columns or not complete:
        within = np.sort(np.argsort(cost, kind="stable")[:most_columns])

    def again(value: int) -> Generated:
        return _gathered(pricing, pool, best, value, most_columns)

    few = np.sort(np.argsort(cost, kind="stable")[: LIKELY_FOR_EACH * pricing.n])
    return Generated(bound, columns.take(within), complete, columns.take(few), again)


def _nothing_cut(pricing: Pricing, found: dict[int, Any], per_block: int) -> bool:
    """Whether no block had more groups than were taken from it (a block is known by all but two members)."""
    for size, groups in found.items():
        if size <= 2:
            if len(groups) >= per_block:
                return False
            continue
        _, counts = pricing.np.unique(groups[:, : size - 2], axis=0, return_counts=True)
        if counts.max() >= per_block:
            return False
    return True
