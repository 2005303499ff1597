"""Further comparisons: how large the change is, whether the sign alone tells, and two separate groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from surveys.analysis.arrays import Numbers, differences, vector
from surveys.analysis.wilcoxon import two_sided

MOST_VALUES = 3000
"""Different values up to which all their means are formed at once."""


@dataclass(frozen=True)
class SignTest:
    """`z` is without continuity correction, positive when more rose; p are two-sided."""

    negative: int
    positive: int
    z: float
    p_asymptotic: float
    p_exact: float

    @property
    def n_changed(self) -> int:
        return self.negative + self.positive


@dataclass(frozen=True)
class Shift:
    """The middle change, in steps of the scale."""

    n: int
    n_dropped: int
    estimate: float


@dataclass(frozen=True)
class MannWhitney:
    """`u` counts the pairs in which the first group is higher (a tie half); `z` is positive then.

    `share` = u / (n_first × n_second): the chance that a member of the first group is the higher one.
    """

    n_first: int
    n_second: int
    n_dropped: int
    mean_rank_first: float
    mean_rank_second: float
    u: float
    z: float
    p_asymptotic: float
    share: float


def sign_test(negative: int, positive: int) -> SignTest:
    """Are rises as frequent as falls? Two-sided; the exact p is binomial with one half.

    R: binom.test(positive, negative + positive). SPSS: NPAR TESTS /SIGN. Raises ValueError for negative
    counts and when nobody changed. Conover (1999), Practical Nonparametric Statistics, 3.4.
    """
    if negative < 0 or positive < 0:
        raise ValueError("Counts start at 0.")
    n = negative + positive
    if n == 0:
        raise ValueError("Nobody changed, so there is no sign to test.")
    from scipy.special import bdtr

    z = (positive - negative) / math.sqrt(n)
    p_exact = min(1.0, 2 * float(bdtr(min(negative, positive), n, 0.5)))
    return SignTest(negative, positive, z, two_sided(z), p_exact)


def mcnemar(before: Any, after: Any) -> SignTest:
    """Did the share of "yes" change among the same people? Both hold 0 or 1, NaN where missing.

    McNemar's test is the sign test of those who changed: χ² = z² without continuity correction, and the exact
    p is binomial. R: mcnemar.test(table(before, after), correct=FALSE). Raises ValueError for other values
    than 0 and 1. McNemar (1947), Psychometrika 12, 153–157.
    """
    change, _ = differences(before, after)
    values = np.unique(np.concatenate([vector(before, "before"), vector(after, "after")]))
    if not np.isin(values[~np.isnan(values.astype(float))], [0, 1]).all():
        raise ValueError("McNemar's test compares answers that are 0 or 1.")
    return sign_test(int((change < 0).sum()), int((change > 0).sum()))


def hodges_lehmann(pre: Any, post: Any) -> Shift:
    """The median of all means of two differences (Walsh averages), each difference with itself too.

    Zero differences are kept: the shift is that of all pairs. R: with d <- post - pre,
    w <- outer(d, d, "+") / 2; median(w[lower.tri(w, diag = TRUE)]). Raises ValueError without a complete pair
    and above MOST_VALUES different values. Hodges & Lehmann (1963), Annals of Mathematical Statistics 34,
    598–611.
    """
    change, dropped = differences(pre, post)
    if change.size == 0:
        raise ValueError("Nobody answered both times, so there is no pair to compare.")
    values, counts = np.unique(change, return_counts=True)
    if values.size > MOST_VALUES:
        raise ValueError(f"More than {MOST_VALUES} different changes: too many to pair with each other.")
    first, second = np.triu_indices(values.size)
    weights = np.where(
        first == second, counts[first] * (counts[first] + 1) // 2, counts[first] * counts[second]
    )
    means = (values[first] + values[second]) / 2
    return Shift(change.size, dropped, _weighted_median(means, weights))


def mann_whitney(first: Any, second: Any) -> MannWhitney:
    """Two separate groups, ranked together: midranks, tie-corrected variance, no continuity correction.

    NaN are dropped and counted. As SPSS NPAR TESTS /M-W and SciPy mannwhitneyu(first, second,
    use_continuity=False, method="asymptotic"). Raises ValueError when a group is empty or all answers are
    the same. Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50–60.
    """
    one, dropped_one = _present(first, "first")
    two, dropped_two = _present(second, "second")
    if not one.size or not two.size:
        raise ValueError("Each of the two groups needs at least one answer.")
    values, place, together = np.unique(
        np.round(np.concatenate([one, two]), 9), return_inverse=True, return_counts=True
    )
    if values.size == 1:
        raise ValueError("All answers are the same, so there is no rank to compare.")
    ranks = (np.cumsum(together) - (together - 1) / 2)[place]
    n1, n2 = one.size, two.size
    n = n1 + n2
    u = float(ranks[:n1].sum()) - n1 * (n1 + 1) / 2
    sizes = together.astype(float)
    variance = n1 * n2 / 12 * ((n + 1) - float((sizes**3 - sizes).sum()) / (n * (n - 1)))
    z = (u - n1 * n2 / 2) / math.sqrt(variance)
    return MannWhitney(
        n_first=n1,
        n_second=n2,
        n_dropped=dropped_one + dropped_two,
        mean_rank_first=float(ranks[:n1].mean()),
        mean_rank_second=float(ranks[n1:].mean()),
        u=u,
        z=z,
        p_asymptotic=two_sided(z),
        share=u / (n1 * n2),
    )


def _present(values: Any, name: str) -> tuple[Numbers, int]:
    numbers = vector(values, name).astype(float)
    missing = np.isnan(numbers)
    return numbers[~missing], int(missing.sum())


def _weighted_median(values: Numbers, weights: Numbers) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    whole = int(reached[-1])
    lower = values[order][np.searchsorted(reached, (whole + 1) // 2)]
    upper = values[order][np.searchsorted(reached, whole // 2 + 1)]
    return float((lower + upper) / 2)
