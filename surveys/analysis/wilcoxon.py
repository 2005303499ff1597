"""The Wilcoxon signed-rank test of paired answers, as SPSS `NPAR TESTS` prints it, and what it leaves out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from surveys.analysis.arrays import Numbers, differences, matrix
from surveys.analysis.corrections import holm
from surveys.analysis.intervals import Interval, bootstrap_rank_biserial
from surveys.analysis.ranks import (
    MOST_EXACT,
    SignedCounts,
    count_changes,
    count_table,
    midranks,
    tail_probability,
)

Basis = Literal["negative", "positive", "equal"]
RESAMPLES = 2000
SEED = 20


@dataclass(frozen=True)
class SignedRank:
    """One item's paired test. Counts are pairs; ranks are midranks of |post − pre| without the zeros.

    `z` has the sign of the change (positive: post is higher); SPSS's legacy table prints it as −|z|
    (`z_spss`). `p_exact` is None above MOST_EXACT changed pairs. `interval` belongs to `rank_biserial`.
    """

    n: int
    n_dropped: int
    negative: int
    positive: int
    tied: int
    sum_ranks_negative: float
    sum_ranks_positive: float
    z: float
    p_asymptotic: float
    p_exact: float | None
    rank_biserial: float
    interval: Interval | None

    @property
    def n_changed(self) -> int:
        return self.negative + self.positive

    @property
    def mean_rank_negative(self) -> float | None:
        return self.sum_ranks_negative / self.negative if self.negative else None

    @property
    def mean_rank_positive(self) -> float | None:
        return self.sum_ranks_positive / self.positive if self.positive else None

    @property
    def z_spss(self) -> float:
        return -abs(self.z)

    @property
    def r_of_pairs(self) -> float:
        """r = |z| / √(number of pairs)."""
        return abs(self.z) / math.sqrt(self.n)

    @property
    def r_of_observations(self) -> float:
        """r = |z| / √(2 × number of pairs), the convention that counts both answers of a pair."""
        return abs(self.z) / math.sqrt(2 * self.n)

    @property
    def based_on(self) -> Basis:
        """Which ranks have the smaller sum: SPSS's footnote to z."""
        if math.isclose(self.sum_ranks_negative, self.sum_ranks_positive):
            return "equal"
        return "negative" if self.sum_ranks_negative < self.sum_ranks_positive else "positive"

    @property
    def footnote(self) -> str:
        if self.based_on == "equal":
            return "The sum of negative ranks equals the sum of positive ranks."
        return f"Based on {self.based_on} ranks."


@dataclass(frozen=True)
class TableRow:
    """An item of a table: its test, or the sentence why there is none; counts stand in either case.

    A `hidden` one has neither; its zeros stand for what may not be shown (surveys.analysis.protection).
    """

    item: str
    n: int
    n_dropped: int
    negative: int
    positive: int
    tied: int
    test: SignedRank | None
    refusal: str
    p_holm: float | None
    p_holm_exact: float | None
    hidden: bool = False


@dataclass(frozen=True)
class SignedRankTable:
    """All items of one comparison. `tests` counts the tests that Holm's step-down corrects for."""

    rows: tuple[TableRow, ...]
    tests: int


def signed_rank(
    pre: Any, post: Any, *, exact: bool = True, resamples: int = RESAMPLES, seed: int = SEED
) -> SignedRank:
    """Compare two answers of the same people; `pre` and `post` are (n,) numbers, NaN where one is missing.

    Pairs without both answers are dropped and counted. Zero differences count as tied and are dropped before
    ranking; equal |differences| share their midrank; the variance is corrected for ties; no continuity
    correction. `p_asymptotic` is two-sided from the normal curve. `p_exact` is two-sided from the permutation
    distribution given the midranks, all 2^m signs being equally likely. The 95 % interval of the
    rank-biserial is a percentile bootstrap of `resamples` draws of pairs (0: none). The same as SPSS `NPAR
    TESTS /WILCOXON=pre WITH post (PAIRED)`, as SciPy `wilcoxon(post - pre, zero_method="wilcox",
    correction=False, method="asymptotic")`, and for the exact p as R `coin::wilcoxsign_test(post ~ pre,
    distribution="exact", zero.method="Wilcoxon")`.

    Raises ValueError when lengths differ, when no pair is complete, and when no pair changed: then z is 0 /
    0.

    Wilcoxon (1945), Biometrics Bulletin 1, 80–83; Hollander, Wolfe & Chicken (2014), Nonparametric
    Statistical Methods, 3.1; rank-biserial: Kerby (2014), Comprehensive Psychology 3, 11.IT.3.1.
    """
    change, dropped = differences(pre, post)
    counts = count_changes(change)
    _refuse_undefined(counts)
    interval = bootstrap_rank_biserial(counts, resamples, seed) if resamples else None
    return _test(counts, dropped, exact, interval)


def signed_rank_table(
    pre: Any,
    post: Any,
    items: Sequence[str],
    *,
    exact: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> SignedRankTable:
    """`signed_rank` for every column of two (n, k) tables, with Holm's correction over the tests there are.

    An item that no one answered twice, or where nobody changed, has a row with a sentence and no test; the
    correction counts the tests that were made. Raises ValueError when the tables or `items` do not match.
    """
    before, after = matrix(pre, "pre"), matrix(post, "post")
    if before.shape != after.shape or before.shape[1] != len(items):
        raise ValueError(
            f"pre is {before.shape}, post is {after.shape} and {len(items)} items are named: they must match."
        )
    counted = count_table(before, after)
    found = [(item, counts, dropped) for item, (counts, dropped) in zip(items, counted, strict=True)]
    tests = [
        None if _undefined(counts) else _test(counts, dropped, exact, _interval(counts, resamples, seed))
        for _, counts, dropped in found
    ]
    return _table(found, tests)


def _table(found: list[tuple[str, SignedCounts, int]], tests: list[SignedRank | None]) -> SignedRankTable:
    made = [test for test in tests if test is not None]
    asymptotic = iter(holm([test.p_asymptotic for test in made])) if made else iter(())
    whole = bool(made) and all(test.p_exact is not None for test in made)
    exact = iter(holm([test.p_exact for test in made])) if whole else iter(())
    rows = [
        TableRow(
            item=item,
            n=counts.n,
            n_dropped=dropped,
            negative=int(counts.down.sum()),
            positive=int(counts.up.sum()),
            tied=counts.tied,
            test=test,
            refusal=_undefined(counts),
            p_holm=None if test is None else float(next(asymptotic)),
            p_holm_exact=None if test is None or not whole else float(next(exact)),
        )
        for (item, counts, dropped), test in zip(found, tests, strict=True)
    ]
    return SignedRankTable(tuple(rows), len(made))


def _interval(counts: SignedCounts, resamples: int, seed: int) -> Interval | None:
    return bootstrap_rank_biserial(counts, resamples, seed) if resamples else None


def _undefined(counts: SignedCounts) -> str:
    if counts.n == 0:
        return "Nobody answered both times, so there is no pair to compare."
    if counts.changed == 0:
        none = "The only pair did not change" if counts.n == 1 else f"None of the {counts.n} pairs changed"
        return f"{none}, so there is no rank to test."
    return ""


def _refuse_undefined(counts: SignedCounts) -> None:
    if sentence := _undefined(counts):
        raise ValueError(sentence)


def _test(counts: SignedCounts, dropped: int, exact: bool, interval: Interval | None) -> SignedRank:
    together = counts.down + counts.up
    ranks = midranks(together)
    minus, plus = float(counts.down @ ranks), float(counts.up @ ranks)
    z = z_of(counts.changed, together, plus)
    return SignedRank(
        n=counts.n,
        n_dropped=dropped,
        negative=int(counts.down.sum()),
        positive=int(counts.up.sum()),
        tied=counts.tied,
        sum_ranks_negative=minus,
        sum_ranks_positive=plus,
        z=z,
        p_asymptotic=two_sided(z),
        p_exact=_exact(ranks, together, max(minus, plus)) if exact and counts.changed <= MOST_EXACT else None,
        rank_biserial=(plus - minus) / (plus + minus),
        interval=interval,
    )


def z_of(changed: int, together: Numbers, plus: float) -> float:
    """(R⁺ − n(n+1)/4) / √(n(n+1)(2n+1)/24 − Σ(t³ − t)/48), n the changed pairs."""
    n = float(changed)
    sizes = together.astype(float)
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((sizes**3 - sizes).sum()) / 48
    return (plus - n * (n + 1) / 4) / math.sqrt(variance)


def two_sided(z: float) -> float:
    """2 Φ(−|z|), exact far into the tail."""
    return math.erfc(abs(z) / math.sqrt(2))


def _exact(ranks: Numbers, together: Numbers, larger: float) -> float:
    """Two-sided: the distribution is symmetric, so twice the tail beyond the larger sum, at most 1."""
    doubled = np.rint(2 * ranks).astype(np.int64)
    return min(1.0, 2 * tail_probability(doubled, together, round(2 * larger)))
