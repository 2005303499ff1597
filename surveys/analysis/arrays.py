"""Reading numbers in: one place that says what a usable answer is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]

DECIMALS = 9
"""Differences are rounded here before they are ranked: 3.1 − 3.0, 2.1 − 2.0 and 1.1 − 1.0 are three
floats."""


def vector(values: Any, name: str) -> Numbers:
    """One dimension of numbers; None becomes NaN. Whole numbers stay whole (they count faster)."""
    return _numbers(values, name, 1)


def matrix(values: Any, name: str) -> Numbers:
    """Two dimensions: a row a person, a column an item."""
    return _numbers(values, name, 2)


def complete_rows(items: Any, name: str = "The table") -> tuple[Numbers, int]:
    """Rows without a missing answer, as floats, and how many rows were dropped (listwise)."""
    table = matrix(items, name).astype(float)
    whole = ~np.isnan(table).any(axis=1)
    return table[whole], int((~whole).sum())


def differences(pre: Any, post: Any) -> tuple[Numbers, int]:
    """post − pre of the complete pairs, and how many pairs lack an answer."""
    before, after = vector(pre, "pre"), vector(post, "post")
    if before.shape != after.shape:
        raise ValueError(
            f"Pairs belong together row by row: pre has {before.size} values, post has {after.size}."
        )
    return _settled(after - before)


def _settled(change: Numbers) -> tuple[Numbers, int]:
    if change.dtype.kind != "f":
        return change, 0
    missing = int(np.isnan(change).sum())
    kept = change[~np.isnan(change)] if missing else change
    if np.array_equal(kept, whole := np.rint(kept)):
        return whole.astype(np.int64), missing
    return np.round(kept, DECIMALS), missing


def _numbers(values: Any, name: str, dimensions: int) -> Numbers:
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "iuf":
            array = array.astype(float)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{name} holds something that is not a number.") from fault
    if array.ndim != dimensions:
        shape = "one list of numbers" if dimensions == 1 else "a table: a row a person, a column an item"
        raise ValueError(f"{name} must be {shape}.")
    if array.dtype.kind == "f" and np.isinf(array).any():
        raise ValueError(f"{name} holds an infinite number.")
    # Unsigned numbers wrap below zero when they are subtracted; small ones overflow.
    kind = np.int64 if array.dtype.kind in "iu" else np.float64
    return array.astype(kind, copy=False)
