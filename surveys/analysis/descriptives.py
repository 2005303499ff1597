"""One item at one time: who answered, how often each level, where the middle lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

UNKNOWN = "no answer"


@dataclass(frozen=True)
class Scale:
    """Levels from low to high, and the codes that stand for an answer not given, each with its name."""

    levels: tuple[tuple[int, str], ...]
    missing: Mapping[int, str]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(value for value, _ in self.levels)

    @property
    def steps(self) -> int:
        """The largest difference that two answers can have."""
        return max(self.values) - min(self.values)


@dataclass(frozen=True)
class Level:
    """`percent` is of the valid answers."""

    value: int
    label: str
    count: int
    percent: float


@dataclass(frozen=True)
class Descriptives:
    """Figures of the valid answers; None where there are too few for them. `missing` holds every kind.

    A `hidden` one holds nothing: too few answered for any figure to be shown (surveys.analysis.protection).
    """

    n: int
    missing: tuple[tuple[str, int], ...]
    levels: tuple[Level, ...]
    median: float | None
    quartiles: tuple[float, float] | None
    mean: float | None
    sd: float | None
    hidden: bool = False

    @property
    def n_missing(self) -> int:
        return sum(count for _, count in self.missing)


def descriptives(values: Sequence[Any], scale: Scale) -> Descriptives:
    """Frequencies, middle and spread of `values`: levels, codes of missing kinds, None or NaN for no answer.

    Quartiles as SPSS FREQUENCIES /NTILES=4 (weighted average at (n+1)p; R: quantile(type = 6)); sd divides by
    n − 1. Raises ValueError for a value that is neither a level nor a code.
    """
    counted = dict.fromkeys(scale.values, 0)
    gone = dict.fromkeys((*scale.missing.values(), UNKNOWN), 0)
    for value in values:
        if value is None or value != value:
            gone[UNKNOWN] += 1
        elif value in counted:
            counted[value] += 1
        elif value in scale.missing:
            gone[scale.missing[value]] += 1
        else:
            raise ValueError(f"{value} is neither a level of the scale nor a code for a missing answer.")
    valid = np.repeat(list(counted), list(counted.values())).astype(float)
    n = valid.size
    quartiles = np.quantile(valid, [0.25, 0.75], method="weibull") if n else None
    return Descriptives(
        n=n,
        missing=tuple(gone.items()),
        levels=tuple(
            Level(value, label, counted[value], 100 * counted[value] / n if n else 0.0)
            for value, label in scale.levels
        ),
        median=float(np.median(valid)) if n else None,
        quartiles=(float(quartiles[0]), float(quartiles[1])) if quartiles is not None else None,
        mean=float(valid.mean()) if n else None,
        sd=float(valid.std(ddof=1)) if n > 1 else None,
    )
