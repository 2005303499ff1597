"""Factor analysis as a whole: is the data fit for it, how many factors, which statements go together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from surveys.analysis.arrays import Numbers, complete_rows
from surveys.analysis.extraction import eigenvalues, principal_axis, principal_components
from surveys.analysis.polychoric import polychoric_matrix
from surveys.analysis.rotation import Rotation, oblimin, promax, varimax

Extracting = Literal["principal axis", "principal components"]
Rotating = Literal["varimax", "oblimin", "promax", "none"]
Correlating = Literal["pearson", "polychoric"]

FEWEST_PER_ITEM = 2
"""People per statement below which the analysis is refused: correlations would be mostly chance."""
WANTED_PER_ITEM = 5
"""People per statement below which it is shown with a caution."""
SINGULAR = 1e-10
DRAWS = 500
SEED = 20
SUPPRESSED = 0.30
"""Loadings below are left out of the sorted display; every figure stays in `loadings`."""


@dataclass(frozen=True)
class Adequacy:
    """Kaiser–Meyer–Olkin, overall and per statement, with Kaiser's word; Bartlett's test of sphericity."""

    kmo: float
    kmo_items: tuple[float, ...]
    word: str
    chi_square: float
    df: int
    p: float


@dataclass(frozen=True)
class ParallelAnalysis:
    """Eigenvalues of the data beside those of random data of the same size; `suggested` factors stand
    above."""

    eigenvalues: tuple[float, ...]
    random_mean: tuple[float, ...]
    random_high: tuple[float, ...]
    percentile: float
    suggested: int
    above_one: int


@dataclass(frozen=True)
class SortedLoading:
    """A line of the sorted display: `shown` has None where the loading is suppressed."""

    place: int
    factor: int
    shown: tuple[float | None, ...]


@dataclass(frozen=True)
class FactorAnalysis:
    """Arrays as tuples of rows. `loadings` is the pattern, `structure` the correlations of statements with
    factors. `sums_of_squares` are of the pattern's columns; after an oblique rotation they overlap, and only
    `variance_extracted`, the mean communality, adds up."""

    n: int
    n_dropped: int
    k: int
    factors: int
    extraction: Extracting
    rotation: Rotating
    correlation: Correlating
    adequacy: Adequacy
    parallel: ParallelAnalysis
    loadings: tuple[tuple[float, ...], ...]
    structure: tuple[tuple[float, ...], ...]
    factor_correlations: tuple[tuple[float, ...], ...]
    communalities: tuple[float, ...]
    sums_of_squares: tuple[float, ...]
    variance_extracted: float
    display: tuple[SortedLoading, ...]
    cautions: tuple[str, ...]


def factor_analysis(
    items: Any,
    *,
    factors: int | None = None,
    extraction: Extracting = "principal axis",
    rotation: Rotating = "oblimin",
    correlation: Correlating = "pearson",
    suppress: float = SUPPRESSED,
    seed: int = SEED,
) -> FactorAnalysis:
    """Exploratory factor analysis of an (n, k) table, a row a person; listwise.

    Without `factors` parallel analysis says how many (at least one). SPSS's own defaults, principal
    components with varimax, are `extraction="principal components", rotation="varimax"` (FACTOR /VARIABLES=…
    /ROTATION=VARIMAX); ours are principal axis with oblimin, because levels of one scale hold error and
    competencies are related.

    Raises ValueError for fewer than three statements, fewer than FEWEST_PER_ITEM complete rows per statement,
    a statement that everybody answered alike, a correlation matrix without an inverse, and a Heywood case.

    Kaiser (1974), Psychometrika 39, 31–36; Bartlett (1950), Br. J. Psychology Stat. 3, 77–85; Horn (1965),
    Psychometrika 30, 179–185; Fabrigar et al. (1999), Psychological Methods 4, 272–299.
    """
    table, dropped = complete_rows(items)
    n, k = table.shape
    _refuse(n, k, table)
    matrix = polychoric_matrix(table) if correlation == "polychoric" else np.corrcoef(table, rowvar=False)
    _refuse_singular(matrix)
    parallel = parallel_analysis(matrix, n, seed=seed)
    wanted = max(1, parallel.suggested) if factors is None else factors
    if not 1 <= wanted < k:
        raise ValueError(f"{k} statements can have 1 to {k - 1} factors, not {wanted}.")
    extracted = (principal_axis if extraction == "principal axis" else principal_components)(matrix, wanted)
    turned = _rotate(extracted.loadings, rotation)
    squares = (turned.loadings * turned.structure).sum(axis=0)
    return FactorAnalysis(
        n=n,
        n_dropped=dropped,
        k=k,
        factors=wanted,
        extraction=extraction,
        rotation=rotation,
        correlation=correlation,
        adequacy=adequacy(matrix, n),
        parallel=parallel,
        loadings=_rows(turned.loadings),
        structure=_rows(turned.structure),
        factor_correlations=_rows(turned.correlations),
        communalities=tuple(map(float, extracted.communalities)),
        sums_of_squares=tuple(map(float, squares)),
        variance_extracted=float(extracted.communalities.sum()) / k,
        display=sorted_display(turned.loadings, suppress),
        cautions=_cautions(n, k, correlation),
    )


def adequacy(correlation: Numbers, n: int) -> Adequacy:
    """KMO = Σr² / (Σr² + Σ partial²) off the diagonal; χ² = −(n − 1 − (2k+5)/6) ln|R|, df k(k−1)/2."""
    from scipy.special import chdtrc

    k = len(correlation)
    inverse = np.linalg.inv(correlation)
    root = np.sqrt(np.diag(inverse))
    partial = -inverse / np.outer(root, root)
    off = ~np.eye(k, dtype=bool)
    simple, left = np.where(off, correlation**2, 0), np.where(off, partial**2, 0)
    items = simple.sum(axis=0) / (simple.sum(axis=0) + left.sum(axis=0))
    overall = float(simple.sum() / (simple.sum() + left.sum()))
    chi_square = -(n - 1 - (2 * k + 5) / 6) * float(np.linalg.slogdet(correlation)[1])
    df = k * (k - 1) // 2
    return Adequacy(
        overall, tuple(map(float, items)), kmo_word(overall), chi_square, df, float(chdtrc(df, chi_square))
    )


def kmo_word(kmo: float) -> str:
    """Kaiser's words of 1974."""
    words = (
        (0.9, "marvelous"),
        (0.8, "meritorious"),
        (0.7, "middling"),
        (0.6, "mediocre"),
        (0.5, "miserable"),
    )
    return next((word for line, word in words if kmo >= line), "unacceptable")


def parallel_analysis(
    correlation: Numbers, n: int, *, draws: int = DRAWS, percentile: float = 95.0, seed: int = SEED
) -> ParallelAnalysis:
    """Horn's parallel analysis on the eigenvalues of the unreduced matrix, against normal data of the same
    size.

    R: psych::fa.parallel(items, fa="pc", sim=FALSE …) draws other random numbers, so it agrees to a digit or
    two.
    """
    k = len(correlation)
    mine = eigenvalues(correlation)
    generator = np.random.default_rng(seed)
    random = generator.standard_normal((draws, n, k))
    random -= random.mean(axis=1, keepdims=True)
    random /= np.sqrt((random**2).sum(axis=1, keepdims=True))
    drawn = np.linalg.eigvalsh(random.transpose(0, 2, 1) @ random)[:, ::-1]
    high = np.percentile(drawn, percentile, axis=0)
    above = mine > high
    return ParallelAnalysis(
        tuple(map(float, mine)),
        tuple(map(float, drawn.mean(axis=0))),
        tuple(map(float, high)),
        percentile,
        int(k if above.all() else np.argmin(above)),
        int((mine > 1).sum()),
    )


def sorted_display(loadings: Numbers, suppress: float) -> tuple[SortedLoading, ...]:
    """Statements by the factor they load on most, the largest loading first; small loadings left out."""
    strongest = np.abs(loadings).argmax(axis=1)
    order = sorted(
        range(len(loadings)), key=lambda row: (strongest[row], -abs(loadings[row, strongest[row]]))
    )
    return tuple(
        SortedLoading(
            row,
            int(strongest[row]),
            tuple(float(value) if abs(value) >= suppress else None for value in loadings[row]),
        )
        for row in order
    )


def _rotate(loadings: Numbers, rotation: Rotating) -> Rotation:
    if rotation == "none" or loadings.shape[1] == 1:
        return Rotation(loadings, loadings, np.eye(loadings.shape[1]))
    return {"varimax": varimax, "oblimin": oblimin, "promax": promax}[rotation](loadings)


def _refuse(n: int, k: int, table: Numbers) -> None:
    if k < 3:
        raise ValueError("Factor analysis needs three statements or more.")
    if n < max(FEWEST_PER_ITEM * k, k + 2):
        raise ValueError(
            f"{n} people answered all {k} statements. Fewer than {FEWEST_PER_ITEM} people per statement are "
            f"too few "
            f"for a factor analysis; {WANTED_PER_ITEM} or more are wanted."
        )
    if (np.ptp(table, axis=0) == 0).any():
        place = int(np.argmin(np.ptp(table, axis=0))) + 1
        raise ValueError(f"Everybody answered statement {place} alike, so it correlates with nothing.")


def _refuse_singular(matrix: Numbers) -> None:
    lowest = float(np.linalg.eigvalsh(matrix)[0])
    if lowest < SINGULAR or math.exp(float(np.linalg.slogdet(matrix)[1])) == 0:
        raise ValueError(
            "The correlations contradict an analysis: some statements are an exact combination of others "
            "(the matrix "
            "is singular), so factors cannot be told apart. Leave out statements that repeat each other."
        )


def _cautions(n: int, k: int, correlation: Correlating) -> tuple[str, ...]:
    found = []
    if n < WANTED_PER_ITEM * k:
        found.append(
            f"{n} people for {k} statements are fewer than {WANTED_PER_ITEM} a statement: read the factors "
            f"as a hint."
        )
    if correlation == "polychoric":
        found.append("Polychoric correlations of few people vary widely; compare with the Pearson result.")
    return tuple(found)


def _rows(matrix: Numbers) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in matrix)
