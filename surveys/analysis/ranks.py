"""Signed ranks from counts: a Likert difference takes few values, so nothing needs to be sorted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np

from surveys.analysis.arrays import Numbers, differences

WIDEST = 4096
"""Whole differences up to this size are counted in one array; wider ones are sorted."""
ROWS_AT_ONCE = 2048
"""Rows of a long table counted together: with fourteen items they stay in the processor's cache."""
MOST_EXACT = 1000
"""Changed pairs up to which the exact distribution is worked out; at 1,000 it takes about a second."""


@dataclass(frozen=True)
class SignedCounts:
    """Changed pairs by the size of their change: sizes rise, `down` and `up` count the pairs of each size."""

    sizes: Numbers
    down: Numbers
    up: Numbers
    tied: int

    @property
    def changed(self) -> int:
        return int(self.down.sum() + self.up.sum())

    @property
    def n(self) -> int:
        return self.changed + self.tied


def count_changes(change: Numbers) -> SignedCounts:
    """Counts of post − pre without missing values: whole numbers are counted, others sorted."""
    if change.dtype.kind == "i" and change.size:
        lowest, highest = int(change.min()), int(change.max())
        top = max(highest, -lowest)
        if top <= WIDEST:
            counts = np.bincount(change + top, minlength=2 * top + 1)
            return _from_line(counts, top)
    values, counts = np.unique(change, return_counts=True)
    sizes = np.unique(np.abs(values[values != 0]))
    down, up = np.zeros(sizes.size, np.int64), np.zeros(sizes.size, np.int64)
    for side, sign in ((down, -1), (up, 1)):
        mine = values * sign > 0
        side[np.searchsorted(sizes, np.abs(values[mine]))] = counts[mine]
    return SignedCounts(sizes, down, up, int(counts[values == 0].sum()))


def _from_line(counts: Numbers, top: int) -> SignedCounts:
    down, up = counts[:top][::-1], counts[top + 1 :]
    there = np.flatnonzero(down + up)
    return SignedCounts(there + 1, down[there], up[there], int(counts[top]))


def count_table(before: Numbers, after: Numbers) -> list[tuple[SignedCounts, int]]:
    """For each column of two (n, k) tables the counts of post − pre and the number of incomplete pairs.

    One pass over both tables, a few thousand rows at a time, while all differences are whole and narrow; at
    the first that is not, every column is settled on its own.
    """
    lines = _count_lines(before, after)
    if lines is None:
        found = [differences(first, second) for first, second in zip(before.T, after.T, strict=True)]
        return [(count_changes(change), dropped) for change, dropped in found]
    top = lines.shape[1] // 2 - 1
    return [(_from_line(line[:-1], top), int(line[-1])) for line in lines]


def _count_lines(before: Numbers, after: Numbers) -> Numbers | None:
    """(k, 2 top + 2) counts of each difference from −top to top, then of the missing; None if not whole."""
    n, k = before.shape
    top = 4
    lines = np.zeros((k, 2 * top + 2), np.int64)
    for start in range(0, n, ROWS_AT_ONCE):
        change = after[start : start + ROWS_AT_ONCE] - before[start : start + ROWS_AT_ONCE]
        missing = None
        if change.dtype.kind == "f":
            missing = np.isnan(change)
            if missing.any():
                change[missing] = 0
            else:
                missing = None
            whole = change.astype(np.int64)
            if not (whole == change).all():
                return None
            change = whole
        widest = max(int(change.max()), -int(change.min())) if change.size else 0
        if widest > WIDEST:
            return None
        if widest > top:
            wider = np.zeros((k, 2 * widest + 2), np.int64)
            wider[:, widest - top : widest + top + 1] = lines[:, :-1]
            wider[:, -1] = lines[:, -1]
            lines, top = wider, widest
        if missing is not None:
            change[missing] = top + 1
        change += np.arange(k) * (2 * top + 2) + top
        lines += np.bincount(change.ravel(), minlength=lines.size).reshape(lines.shape)
    return lines


def midranks(together: Numbers) -> Numbers:
    """The mean rank of each size, from how many pairs share it; sizes in rising order, last axis."""
    return np.cumsum(together, axis=-1) - (together - 1) / 2


def tail_probability(doubled: Numbers, together: Numbers, reached: int) -> float:
    """P(twice the sum of positive ranks ≥ reached) when each sign is a fair coin, given the ties.

    `doubled` are twice the midranks, whole numbers. A size shared by t pairs adds midrank × Binomial(t, ½),
    so the distribution is a convolution of scaled binomials; the largest group is only looked up in its tail.
    """
    order = np.argsort(together, kind="stable")
    held = np.ones(1)
    for place in order[:-1]:
        held = _convolve(held, int(doubled[place]), _binomial(int(together[place])))
    last = order[-1]
    weights = _binomial(int(together[last]))
    upper = np.concatenate([np.cumsum(held[::-1])[::-1], [0.0]])
    needed = reached - int(doubled[last]) * np.arange(weights.size)
    return float(weights @ upper[np.clip(needed, 0, held.size)])


@lru_cache(maxsize=1024)
def _binomial(t: int) -> Numbers:
    """Probabilities of 0 … t successes of t fair coins, each rounded once."""
    return np.array([comb(t, k) / 2**t for k in range(t + 1)])


def _convolve(held: Numbers, step: int, weights: Numbers) -> Numbers:
    """The distribution `held` plus `step` times a number of successes."""
    grown = np.zeros(held.size + step * (weights.size - 1))
    for k, weight in enumerate(weights):
        grown[k * step : k * step + held.size] += weight * held
    return grown
