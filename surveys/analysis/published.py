"""Does a printed table agree with itself? From counts, z and p alone, without the data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.ranks import midranks

COLUMNS = ("item", "negative", "positive", "ties", "z", "p")
STEPS = 3
"""Largest difference on a scale of four levels."""
MOST_WAYS = 2_000_000
SLACK = 1e-9
MOST_PEOPLE = 10_000_000


@dataclass(frozen=True)
class Contradiction:
    item: str
    reason: str


@dataclass(frozen=True)
class CheckedTable:
    """`contradictions` in the order of the rows; `notes` name what could not be checked."""

    rows: int
    contradictions: tuple[Contradiction, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Printed:
    """A figure as printed: its value and half a unit of its last digit. `below`: printed as "< value"."""

    value: float
    half: float
    below: bool = False

    def holds(self, low: float, high: float) -> bool:
        """Can a figure between low and high have been printed so?"""
        if self.below:
            return low < self.value
        return low <= self.value + self.half + SLACK and high >= self.value - self.half - SLACK


def check_published_table(rows: Iterable[Mapping[str, Any]], n: int, *, steps: int = STEPS) -> CheckedTable:
    """Rows that contradict themselves; each row has the keys item, negative, positive, ties, z and p.

    Three questions: do the counts add up to `n`; does p follow from z (two-sided normal) within the rounding
    of both; is there any set of differences of 1 … `steps` with these counts whose z, tie-corrected and
    without continuity correction, rounds to the printed one. z may carry either sign (SPSS's legacy table
    prints −|z|). Give figures as text, so that a printed last zero counts as a digit.

    Raises ValueError for a missing column, a count below zero, or something that is not a number.
    """
    if n < 1 or steps < 1:
        raise ValueError("A table has at least one pair, and a scale at least one step.")
    found: list[Contradiction] = []
    notes: list[str] = []
    number = 0
    for number, row in enumerate(rows, start=1):
        item = _text(row, "item", number)
        reasons, unchecked = _check(row, number, n, steps)
        found += [Contradiction(item, reason) for reason in reasons]
        notes += [f"Item {item}: {sentence}" for sentence in unchecked]
    if not number:
        raise ValueError("The table has no rows.")
    return CheckedTable(number, tuple(found), tuple(notes))


def _check(row: Mapping[str, Any], number: int, n: int, steps: int) -> tuple[list[str], list[str]]:
    negative, positive, ties = (_count(row, name, number) for name in ("negative", "positive", "ties"))
    z, p = (_printed(row, name, number) for name in ("z", "p"))
    reasons: list[str] = []
    total = negative + positive + ties
    if total != n:
        apart = "fewer" if total < n else "more"
        reasons.append(
            f"{negative} negative + {positive} positive + {ties} tied = {total}, which is {abs(n - total)} "
            f"{apart} "
            f"than the {n} pairs."
        )
    low, high = _p_range(z)
    if not p.holds(low, high):
        reasons.append(
            f"z = {row['z']} gives p between {low:.4f} and {high:.4f}, not the printed {row['p']}."
        )
    if negative + positive == 0:
        reasons.append("Nobody changed, so there can be no z.")
        return reasons, []
    ways = _ways(negative, steps) * _ways(positive, steps)
    if ways > MOST_WAYS:
        return reasons, ["too many sets of differences to try; whether z can be reached was not checked."]
    sizes = _reachable(negative, positive, steps)
    near = sizes[np.abs(sizes - abs(z.value)) <= z.half + SLACK]
    if not near.size:
        closest = float(sizes[np.abs(sizes - abs(z.value)).argmin()])
        reasons.append(
            f"With {negative} down and {positive} up, no steps of 1 to {steps} give |z| = {abs(z.value):g}; "
            f"the closest is {closest:.4f}."
        )
    return reasons, []


def _p_range(z: _Printed) -> tuple[float, float]:
    least, most = max(0.0, abs(z.value) - z.half), abs(z.value) + z.half
    return math.erfc(most / math.sqrt(2)), math.erfc(least / math.sqrt(2))


def _reachable(negative: int, positive: int, steps: int) -> Numbers:
    """Every |z| of so many falls and rises whose sizes are 1 … steps."""
    down, up = _splits(negative, steps), _splits(positive, steps)
    together = (down[:, None, :] + up[None, :, :]).reshape(-1, steps)
    plus = np.broadcast_to(up[None, :, :], (len(down), len(up), steps)).reshape(-1, steps)
    m = negative + positive
    ranked = (plus * midranks(together)).sum(axis=1)
    variance = m * (m + 1) * (2 * m + 1) / 24 - (together**3 - together).sum(axis=1) / 48
    return np.unique(np.round(np.abs(ranked - m * (m + 1) / 4) / np.sqrt(variance), 12))


@lru_cache(maxsize=512)
def _splits(total: int, parts: int) -> Numbers:
    """All ways to write `total` as `parts` counts from zero up, one a row."""
    if parts == 1:
        return np.array([[total]], dtype=np.int64)
    rows = [
        np.hstack([np.full((len(rest), 1), first), rest])
        for first in range(total + 1)
        for rest in [_splits(total - first, parts - 1)]
    ]
    return np.vstack(rows)


def _ways(total: int, parts: int) -> int:
    return math.comb(total + parts - 1, parts - 1)


def _text(row: Mapping[str, Any], name: str, number: int) -> str:
    value = row.get(name)
    if value is None or not str(value).strip():
        raise ValueError(f"Row {number} has no {name}; the columns are {', '.join(COLUMNS)}.")
    return str(value).strip()


def _count(row: Mapping[str, Any], name: str, number: int) -> int:
    text = _text(row, name, number)
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    # No study has so many people; and a number of a million digits would be worked on for ever.
    if not value.is_finite() or not 0 <= value <= MOST_PEOPLE or value != value.to_integral_value():
        raise ValueError(f"Row {number}: {name} is “{text}”, but counts are whole numbers from 0 up.")
    return int(value)


def _printed(row: Mapping[str, Any], name: str, number: int) -> _Printed:
    text = _text(row, name, number).replace("−", "-").rstrip("*abc ").strip()
    below = text.startswith("<")
    try:
        value = Decimal(text.lstrip("< "))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or (name == "p" and not 0 <= value <= 1):
        raise ValueError(f"Row {number}: {name} is “{_text(row, name, number)}”, which cannot be one.")
    digits = max(0, -int(value.as_tuple().exponent))
    return _Printed(float(value), 0.5 * 10.0**-digits, below)
