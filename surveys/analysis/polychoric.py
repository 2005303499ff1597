"""Correlations that ordered levels hide: two normal curves cut at thresholds."""

from __future__ import annotations

import numpy as np

from surveys.analysis.arrays import Numbers

STEPS = 60
LIMIT = 0.9999


def polychoric_matrix(table: Numbers) -> Numbers:
    """Pairwise polychoric correlations of an (n, k) table of levels without missing answers, (k, k).

    Two steps: thresholds from each item's own frequencies, then the correlation with the highest likelihood;
    no constant is added to empty cells. R: psych::polychoric(items, correct=0)$rho, to three digits (its
    search stops earlier). The matrix need not be positive definite; factor_analysis says so when it is not.

    Raises ValueError when an item has only one level. Olsson (1979), Psychometrika 44, 443–460.
    """
    k = table.shape[1]
    levels = [np.unique(column, return_inverse=True) for column in table.T]
    if any(values.size < 2 for values, _ in levels):
        raise ValueError("An item that everybody answered alike has no polychoric correlation.")
    found = np.eye(k)
    for i in range(k):
        for j in range(i):
            cells = np.zeros((levels[i][0].size, levels[j][0].size))
            np.add.at(cells, (levels[i][1], levels[j][1]), 1)
            found[i, j] = found[j, i] = polychoric(cells)
    return found


def polychoric(cells: Numbers) -> float:
    """The correlation behind one table of counts; golden section on the log-likelihood, to 1e-9."""
    rows, columns = _thresholds(cells.sum(axis=1)), _thresholds(cells.sum(axis=0))
    ratio = (np.sqrt(5) - 1) / 2
    low, high = -LIMIT, LIMIT
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = _likelihood(cells, rows, columns, left), _likelihood(cells, rows, columns, right)
    for _ in range(STEPS):
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = _likelihood(cells, rows, columns, left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = _likelihood(cells, rows, columns, right)
        if high - low < 1e-9:
            break
    return float((low + high) / 2)


def _thresholds(counts: Numbers) -> Numbers:
    from scipy.special import ndtri

    return ndtri(np.cumsum(counts)[:-1] / counts.sum())


def _likelihood(cells: Numbers, rows: Numbers, columns: Numbers, rho: float) -> float:
    corner = np.zeros((rows.size + 2, columns.size + 2))
    from scipy.special import ndtr

    corner[1:-1, -1], corner[-1, 1:-1], corner[-1, -1] = ndtr(rows), ndtr(columns), 1.0
    corner[1:-1, 1:-1] = normal_corner(rows[:, None], columns[None, :], rho)
    chances = np.diff(np.diff(corner, axis=0), axis=1)
    return float((cells * np.log(np.maximum(chances, 1e-12))).sum())


def normal_corner(x: Numbers, y: Numbers, rho: float) -> Numbers:
    """P(X ≤ x, Y ≤ y) of two standard normals with correlation rho, from Owen's T. Owen (1956), AMS 27,
    1075–1090."""
    from scipy.special import ndtr, owens_t

    root = np.sqrt((1 - rho) * (1 + rho))
    # A threshold of exactly zero stands on both sides of Owen's formula; a hair beside it does not.
    x, y = np.where(x == 0, 1e-15, x), np.where(y == 0, 1e-15, y)
    apart = np.where(x * y > 0, 0.0, 0.5)
    both = (ndtr(x) + ndtr(y)) / 2
    return both - owens_t(x, (y / x - rho) / root) - owens_t(y, (x / y - rho) / root) - apart
