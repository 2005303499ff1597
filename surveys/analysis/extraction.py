"""Finding factors in a correlation matrix: principal axis, principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.analysis.arrays import Numbers

ITERATIONS = 2000
CONVERGED = 1e-8
"""Largest change of a communality at which iterating ends. SPSS stops at .001, psych::fa at a change of .001
in their sum; going on costs milliseconds and makes the figures independent of where one began."""


@dataclass(frozen=True)
class Extraction:
    """Unrotated `loadings` (items × factors), `communalities` (items), and how many iterations it took."""

    loadings: Numbers
    communalities: Numbers
    iterations: int


def eigenvalues(correlation: Numbers) -> Numbers:
    """Falling."""
    return np.linalg.eigvalsh(correlation)[::-1]


def principal_components(correlation: Numbers, factors: int) -> Extraction:
    """Loadings are eigenvectors times the root of their eigenvalue. SPSS: /EXTRACTION=PC."""
    loadings = _leading(correlation, factors)
    return Extraction(loadings, (loadings**2).sum(axis=1), 1)


def principal_axis(correlation: Numbers, factors: int) -> Extraction:
    """Iterated principal axis: communalities start at squared multiple correlations and are found anew until
    they settle. SPSS: /EXTRACTION=PAF; R: psych::fa(r, nfactors, fm="pa", rotate="none").

    Raises ValueError when a communality passes 1 (a Heywood case) or they do not settle.
    """
    reduced = correlation.copy()
    communalities = 1 - 1 / np.diag(np.linalg.inv(correlation))
    for iteration in range(1, ITERATIONS + 1):
        np.fill_diagonal(reduced, communalities)
        loadings = _leading(reduced, factors)
        found = (loadings**2).sum(axis=1)
        if (found > 1).any():
            place = int(np.argmax(found)) + 1
            raise ValueError(
                f"With {factors} factors the shared part of statement {place} comes out above all of it (a "
                f"Heywood "
                "case). Take fewer factors, or principal components."
            )
        if np.abs(found - communalities).max() < CONVERGED:
            return Extraction(loadings, found, iteration)
        communalities = found
    raise ValueError(f"The communalities did not settle in {ITERATIONS} rounds. Take fewer factors.")


def _leading(matrix: Numbers, factors: int) -> Numbers:
    values, vectors = np.linalg.eigh(matrix)
    values, vectors = values[::-1][:factors], vectors[:, ::-1][:, :factors]
    return upright(vectors * np.sqrt(np.maximum(values, 0)))


def upright(loadings: Numbers) -> Numbers:
    """Each factor turned so that its loadings sum to more than zero: the sign of a factor is free."""
    return loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
