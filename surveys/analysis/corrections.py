"""Many tests at once: how likely is one of them by chance alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from surveys.analysis.arrays import Numbers, vector


def holm(p: Any) -> Numbers:
    """Holm's step-down: the smallest p times m, the next times m − 1, never falling, at most 1.

    Keeps the chance of even one false finding among the m tests under the level. R: p.adjust(p, "holm").
    Raises ValueError for a p outside 0 … 1. Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
    """
    values = _probabilities(p)
    m = values.size
    order = np.argsort(values, kind="stable")
    stepped = np.maximum.accumulate(values[order] * np.arange(m, 0, -1))
    return _back(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p: Any) -> Numbers:
    """Benjamini–Hochberg's step-up: p(i) times m / i, never rising from the largest down, at most 1.

    Keeps the expected share of false findings among the findings under the level. R: p.adjust(p, "BH").
    Raises ValueError for a p outside 0 … 1. Benjamini & Hochberg (1995), JRSS B 57, 289–300.
    """
    values = _probabilities(p)
    m = values.size
    order = np.argsort(values, kind="stable")
    stepped = np.minimum.accumulate((values[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    return _back(np.minimum(stepped, 1.0), order)


def _probabilities(p: Any) -> Numbers:
    values = vector(p, "p").astype(float)
    if values.size == 0:
        raise ValueError("There is no p to correct.")
    if np.isnan(values).any() or (values < 0).any() or (values > 1).any():
        raise ValueError("Each p lies between 0 and 1.")
    return values


def _back(values: Numbers, order: Numbers) -> Numbers:
    found = np.empty_like(values)
    found[order] = values
    return found
