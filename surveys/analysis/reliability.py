"""Do the statements of one scale hang together? Alpha, omega and what each statement adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from surveys.analysis.arrays import Numbers, complete_rows
from surveys.analysis.intervals import Interval

LINE = 0.700
"""The study's line: scales below it are shown with the remark that their sums should not be read as one."""
FLAT = 1e-9
"""Share of variance below which a sum counts as the same for everybody; nothing can be divided by it."""


@dataclass(frozen=True)
class ItemStatistics:
    """One statement within its scale. Figures that need a rest of two or more statements are else None."""

    place: int
    mean: float
    sd: float
    scale_mean_if_deleted: float
    scale_variance_if_deleted: float
    item_total_correlation: float
    alpha_if_deleted: float | None


@dataclass(frozen=True)
class Reliability:
    """`n` people who answered every statement, `n_dropped` who did not. `spearman_brown` for two statements
    only.

    `omega` is None for two statements, and where no common factor fits; `omega_refusal` then says why.
    """

    n: int
    n_dropped: int
    k: int
    alpha: float
    interval: Interval
    standardized_alpha: float
    spearman_brown: float | None
    omega: float | None
    omega_refusal: str
    items: tuple[ItemStatistics, ...]

    @property
    def reaches_line(self) -> bool:
        return self.alpha >= LINE


def cronbach_alpha(items: Any, *, level: float = 0.95) -> Reliability:
    """Internal consistency of an (n, k) table, a row a person; reverse-keyed items already turned.

    Listwise: only people who answered every statement. Variances divide by n − 1. α = k/(k−1) · (1 − Σ s²ᵢ /
    s²ₜ); standardized α = k r̄ / (1 + (k−1) r̄). The interval is Feldt's, from the F distribution with n−1
    and (n−1)(k−1) degrees of freedom. SPSS: RELIABILITY /MODEL=ALPHA /STATISTICS=SCALE CORR /SUMMARY=TOTAL.
    R: psych::alpha(items), whose feldt row holds the interval.

    Raises ValueError for fewer than two statements, fewer than three complete rows, a statement that
    everybody answered alike, and statements that cancel each other out, so that their sum tells nobody apart.

    Cronbach (1951), Psychometrika 16, 297–334; Feldt (1965), Psychometrika 30, 357–370; Eisinga, te
    Grotenhuis & Pelzer (2013), Int. J. Public Health 58, 637–642, on two statements; McDonald (1999), Test
    Theory, chapter 6.
    """
    table, dropped = complete_rows(items)
    n, k = table.shape
    _refuse(n, k, table)
    covariance = np.cov(table, rowvar=False)
    correlation = np.corrcoef(table, rowvar=False)
    if min(correlation.sum(), covariance.sum() / np.trace(covariance)) < FLAT:
        raise ValueError(
            "The statements cancel each other out: their sum hardly differs from person to person. Perhaps "
            "one is worded the other way round and not marked as reversed."
        )
    alpha = _alpha(covariance)
    mean_r = float((correlation.sum() - k) / (k * (k - 1)))
    omega, refusal = _omega(correlation)
    return Reliability(
        n=n,
        n_dropped=dropped,
        k=k,
        alpha=alpha,
        interval=feldt_interval(alpha, n, k, level),
        standardized_alpha=k * mean_r / (1 + (k - 1) * mean_r),
        spearman_brown=2 * mean_r / (1 + mean_r) if k == 2 else None,
        omega=omega,
        omega_refusal=refusal,
        items=tuple(_item(table, covariance, place) for place in range(k)),
    )


def feldt_interval(alpha: float, n: int, k: int, level: float = 0.95) -> Interval:
    """1 − (1 − α) F at both ends; the upper end cannot pass 1."""
    from scipy.special import fdtri

    side = (1 - level) / 2
    degrees = (n - 1, (n - 1) * (k - 1))
    low = 1 - (1 - alpha) * float(fdtri(*degrees, 1 - side))
    high = 1 - (1 - alpha) * float(fdtri(*degrees, side))
    return Interval(low, high, level, "Feldt, F distribution")


def _refuse(n: int, k: int, table: Numbers) -> None:
    if k < 2:
        raise ValueError("One statement alone has no internal consistency; a scale needs two or more.")
    if n < 3:
        raise ValueError(f"Only {n} people answered every statement; at least 3 are needed.")
    if (np.ptp(table, axis=0) == 0).any():
        place = int(np.argmin(np.ptp(table, axis=0))) + 1
        raise ValueError(f"Everybody answered statement {place} alike, so it correlates with nothing.")


def _alpha(covariance: Numbers) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _item(table: Numbers, covariance: Numbers, place: int) -> ItemStatistics:
    rest = np.delete(table, place, axis=1)
    total = rest.sum(axis=1)
    without = np.delete(np.delete(covariance, place, 0), place, 1)
    variance = float(total.var(ddof=1))
    return ItemStatistics(
        place=place,
        mean=float(table[:, place].mean()),
        sd=float(table[:, place].std(ddof=1)),
        scale_mean_if_deleted=float(total.mean()),
        scale_variance_if_deleted=variance,
        item_total_correlation=float(np.corrcoef(table[:, place], total)[0, 1]) if variance else float("nan"),
        # What is left of two statements is one, and one has no alpha.
        alpha_if_deleted=_alpha(without)
        if len(without) > 1 and without.sum() > FLAT * np.trace(without)
        else None,
    )


def _omega(correlation: Numbers) -> tuple[float | None, str]:
    """(Σλ)² / ((Σλ)² + Σ(1 − λ²)) of one principal-axis factor."""
    from surveys.analysis.extraction import principal_axis

    if len(correlation) < 3:
        return None, "Omega needs three statements or more."
    try:
        loadings = principal_axis(correlation, 1).loadings[:, 0]
    except ValueError as refusal:
        return None, str(refusal)
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - loadings**2).sum())), ""
