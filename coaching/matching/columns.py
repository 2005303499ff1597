"""Every possible group as a column; sets of columns; and the solver's answers about them (scipy's HiGHS)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

# A row for each earlier priority: (costs of the columns in it, the most they may come to).
Limits = list[tuple[Any, int]]


@dataclass
class Columns:
    """index: (m, 4) positions of members, -1 where a group is smaller. size: (m,). costs: (p, m)."""

    index: Any
    size: Any
    costs: Any

    def __len__(self) -> int:
        return len(self.size)

    def take(self, chosen: Any) -> Columns:
        return Columns(self.index[chosen], self.size[chosen], self.costs[:, chosen])

    def group(self, number: int) -> list[int]:
        return self.index[number, : self.size[number]].tolist()


def columns_of(groups: Any, costs: Any) -> Columns:
    """groups: an (m, k) array of positions, all of one size."""
    import numpy as np

    count, size = groups.shape
    index = np.full((count, 4), -1, dtype=np.int32)
    index[:, :size] = groups
    total = np.zeros((len(costs), count), dtype=np.int64)
    for one, other in itertools.combinations(range(size), 2):
        total += costs[:, groups[:, one], groups[:, other]]
    return Columns(index, np.full(count, size, dtype=np.int8), total)


def joined(parts: list[Columns]) -> Columns:
    """All of them in one set, each group once, in a fixed order."""
    import numpy as np

    index = np.concatenate([part.index for part in parts])
    _, first = np.unique(index, axis=0, return_index=True)
    size = np.concatenate([part.size for part in parts])
    costs = np.concatenate([part.costs for part in parts], axis=1)
    return Columns(index, size, costs).take(first)


def of_groups(groups: list[list[int]], costs: Any) -> Columns:
    """The given groups as columns, members in ascending order."""
    import numpy as np

    by_size: dict[int, list[list[int]]] = {}
    for group in groups:
        by_size.setdefault(len(group), []).append(sorted(group))
    return joined([columns_of(np.array(same), costs) for same in by_size.values()])


def every_column(n: int, sizes: set[int], costs: Any) -> Columns:
    import numpy as np

    parts = []
    for size in sorted(sizes):
        flat = itertools.chain.from_iterable(itertools.combinations(range(n), size))
        parts.append(columns_of(np.fromiter(flat, dtype=np.int32).reshape(-1, size), costs))
    return joined(parts)


def allowed(columns: Columns, forbidden: Any, together: list[tuple[int, int]]) -> Columns:
    """Without groups that hold a forbidden pair or split a pair that must stay together."""
    import numpy as np

    good = np.ones(len(columns), dtype=bool)
    for one, other in itertools.combinations(range(4), 2):
        first, second = columns.index[:, one], columns.index[:, other]
        good &= ~(forbidden[first, second] & (first >= 0) & (second >= 0))
    for one, other in together:
        good &= (columns.index == one).any(axis=1) == (columns.index == other).any(axis=1)
    return columns.take(np.flatnonzero(good))


def partition_rows(columns: Columns, n: int, sizes: dict[int, int]) -> tuple[Any, Any]:
    """(matrix, right side): each person once, and as many groups of each size as `sizes` says."""
    import numpy as np
    from scipy.sparse import csc_array

    order = sorted(sizes)
    people = columns.index >= 0
    column_of = np.broadcast_to(np.arange(len(columns))[:, None], columns.index.shape)[people]
    rows = np.concatenate([columns.index[people], n + np.searchsorted(order, columns.size)])
    where = np.concatenate([column_of, np.arange(len(columns))])
    matrix = csc_array((np.ones(len(rows)), (rows, where)), shape=(n + len(order), len(columns)))
    return matrix, np.concatenate([np.ones(n), [sizes[size] for size in order]])


@dataclass
class Answer:
    """chosen: positions of columns, or None where none was found in time. bound: proven, None if unknown."""

    chosen: Any
    bound: float | None
    impossible: bool = False


def best_partition(
    columns: Columns, cost: Any, n: int, sizes: dict[int, int], limits: Limits, seconds: float
) -> Answer:
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    if not len(columns):
        return Answer(None, None, impossible=n > 0)
    matrix, right = partition_rows(columns, n, sizes)
    rules = [LinearConstraint(matrix, right, right)]
    rules += [LinearConstraint(row.reshape(1, -1), -np.inf, most) for row, most in limits]
    found = milp(
        cost.astype(float),
        constraints=rules,
        integrality=np.ones(len(columns)),
        bounds=(0, 1),
        options={"time_limit": max(0.1, seconds), "mip_rel_gap": 0.0},
    )
    chosen = None if found.x is None else np.flatnonzero(found.x > 0.5)
    if found.status == 0:
        return Answer(chosen, float(cost[chosen].sum()))
    return Answer(chosen, getattr(found, "mip_dual_bound", None), impossible=found.status == 2)


def relaxed(
    columns: Columns, cost: Any, n: int, sizes: dict[int, int], limits: Limits
) -> tuple[float, Any, Any, Any]:
    """The linear relaxation: (value, price of each person, price of each size, price of each limit)."""
    import numpy as np
    from scipy.optimize import linprog

    matrix, right = partition_rows(columns, n, sizes)
    upper = {}
    if limits:
        upper = {"A_ub": np.array([row for row, _ in limits]), "b_ub": [most for _, most in limits]}
    found = linprog(cost.astype(float), A_eq=matrix, b_eq=right, bounds=(0, None), method="highs", **upper)
    if found.x is None:
        raise ArithmeticError(f"The solver gave up on a relaxation that has a solution: {found.message}")
    prices = found.eqlin.marginals
    below = found.ineqlin.marginals if limits else np.zeros(0)
    return float(found.fun), prices[:n], prices[n:], below


def divides(columns: Columns, n: int, seconds: float) -> bool:
    """Whether these groups can seat everyone once, in whatever sizes."""
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    if not len(columns):
        return n == 0
    matrix, right = partition_rows(columns, n, dict.fromkeys(map(int, np.unique(columns.size)), 0))
    found = milp(
        np.zeros(len(columns)),
        constraints=LinearConstraint(matrix[:n], right[:n], right[:n]),
        integrality=np.ones(len(columns)),
        bounds=(0, 1),
        options={"time_limit": seconds},
    )
    return found.x is not None


def fewest_alone(columns: Columns, n: int, seconds: float) -> tuple[int, ...] | None:
    """Sizes of a partition with the fewest groups of one, then of four, then of two; None if none exists."""
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    matrix, right = partition_rows(columns, n, dict.fromkeys(map(int, np.unique(columns.size)), 0))
    rules = [LinearConstraint(matrix[:n], right[:n], right[:n])]
    chosen = None
    for size in (1, 4, 2):
        cost = (columns.size == size).astype(float)
        found = milp(
            cost,
            constraints=rules,
            integrality=np.ones(len(columns)),
            bounds=(0, 1),
            options={"time_limit": seconds},
        )
        if found.x is None:
            break
        chosen = found.x > 0.5
        rules.append(LinearConstraint(cost.reshape(1, -1), 0, cost[chosen].sum()))
    return None if chosen is None else tuple(sorted(map(int, columns.size[chosen]), reverse=True))
