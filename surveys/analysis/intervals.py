"""A stated uncertainty: two ends, how sure, how made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.ranks import SignedCounts, midranks

CELLS = 2_000_000
"""Numbers held at once while resampling: 16 MB."""
FEW_PAIRS = 200
"""Up to here pairs are drawn one by one, and the same people for every item; above, counts are drawn."""


@dataclass(frozen=True)
class Interval:
    """`level` is a share, such as 0.95; `method` names how the ends were found."""

    low: float
    high: float
    level: float
    method: str


def bootstrap_rank_biserial(
    counts: SignedCounts, resamples: int, seed: int, level: float = 0.95
) -> Interval | None:
    """Percentile bootstrap: pairs are drawn with replacement, zeros too, and ranked anew each time.

    A resample in which nobody changed counts as 0. None when there are more different changes than CELLS can
    hold.

    Efron & Tibshirani (1993), An Introduction to the Bootstrap, 13.3.
    """
    size = counts.sizes.size
    if 2 * size + 1 > CELLS // 10:
        return None
    line = np.concatenate([counts.down, counts.up, [counts.tied]])
    if counts.n <= FEW_PAIRS:
        found = _rank_biserials(_draw_pairs(line, resamples, seed), size)
    else:
        generator = np.random.default_rng(seed)
        at_once = max(1, CELLS // line.size)
        batches = [min(at_once, resamples - start) for start in range(0, resamples, at_once)]
        drawn = (generator.multinomial(counts.n, line / counts.n, batch) for batch in batches)
        found = np.concatenate([_rank_biserials(each, size) for each in drawn])
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Interval(
        float(low), float(high), level, f"percentile bootstrap, {resamples} resamples, seed {seed}"
    )


def _draw_pairs(line: Numbers, resamples: int, seed: int) -> Numbers:
    """Counts of each kind of pair in `resamples` draws of as many pairs as there are."""
    kinds = np.repeat(np.arange(line.size), line)
    places = _places(kinds.size, resamples, seed)
    rows = np.arange(0, resamples * line.size, line.size)[:, None]
    drawn = np.bincount((kinds[places] + rows).ravel(), minlength=resamples * line.size)
    return drawn.reshape(resamples, line.size)


@lru_cache(maxsize=4)
def _places(n: int, resamples: int, seed: int) -> Numbers:
    """Which pairs are drawn; every item of a table asks for the same."""
    return np.random.default_rng(seed).integers(0, n, (resamples, n), dtype=np.int64)


def _rank_biserials(drawn: Numbers, size: int) -> Numbers:
    """Of each row of counts: `size` columns down, `size` up, the last tied."""
    down, up = drawn[:, :size], drawn[:, size : 2 * size]
    together = down + up
    ranks = midranks(together)
    balance = ((up - down) * ranks).sum(axis=1)
    whole = (together * ranks).sum(axis=1)
    return np.divide(balance, whole, out=np.zeros(len(drawn)), where=whole > 0)
