"""Turning factors until they can be named: varimax keeps them apart, oblimin and promax let them
correlate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from surveys.analysis.arrays import Numbers

ITERATIONS = 5000
STEADY = 1e-14
"""Relative growth of varimax's criterion at which turning ends."""
LEVELED = 1e-7
"""Length of oblimin's gradient at which it ends; GPArotation stops at 1e-5."""
POWER = 4
"""Promax's kappa, SPSS's default."""


@dataclass(frozen=True)
class Rotation:
    """`loadings` (the pattern), `structure` (correlations of statements and factors), `correlations` of
    factors."""

    loadings: Numbers
    structure: Numbers
    correlations: Numbers


def varimax(loadings: Numbers) -> Rotation:
    """Orthogonal, with Kaiser's normalization. SPSS: /ROTATION=VARIMAX; R: stats::varimax(loadings,
    eps=1e-12).

    Kaiser (1958), Psychometrika 23, 187–200.
    """
    scaled, lengths = _normalized(loadings)
    turn = _varimax_turn(scaled)
    turned = (scaled @ turn) * lengths
    return _finished(turned, turned, np.eye(loadings.shape[1]))


def promax(loadings: Numbers, power: int = POWER) -> Rotation:
    """Varimax, then the least-squares fit to its loadings raised to `power`. R: stats::promax(varimax(…),
    m=4).

    Hendrickson & White (1964), British Journal of Statistical Psychology 17, 65–70.
    """
    scaled, lengths = _normalized(loadings)
    start = (scaled @ _varimax_turn(scaled)) * lengths
    target = start * np.abs(start) ** (power - 1)
    fit = np.linalg.lstsq(start, target, rcond=None)[0]
    scale = np.diag(np.linalg.inv(fit.T @ fit))
    fit = fit * np.sqrt(scale)
    inverse = np.linalg.inv(fit)
    correlations = inverse @ inverse.T
    pattern = start @ fit
    return _finished(pattern, pattern @ correlations, correlations)


def oblimin(loadings: Numbers) -> Rotation:
    """Direct oblimin with delta 0 (quartimin) and Kaiser's normalization, by gradient projection.

    SPSS: /ROTATION=OBLIMIN /CRITERIA=DELTA(0); R: GPArotation::oblimin(loadings, normalize=TRUE).
    Jennrich & Sampson (1966), Psychometrika 31, 313–323; Bernaards & Jennrich (2005), EPM 65, 676–696.
    """
    if loadings.shape[1] == 1:
        return _finished(loadings, loadings, np.eye(1))
    scaled, lengths = _normalized(loadings)
    turn = _project_oblique(scaled, _quartimin)
    pattern = (scaled @ np.linalg.inv(turn).T) * lengths
    correlations = turn.T @ turn
    return _finished(pattern, pattern @ correlations, correlations)


def _finished(pattern: Numbers, structure: Numbers, correlations: Numbers) -> Rotation:
    """Factors in falling order of their sum of squares, each turned upright."""
    order = np.argsort(-(pattern * structure).sum(axis=0), kind="stable")
    signs = np.where(pattern.sum(axis=0) < 0, -1.0, 1.0)
    kept = (signs[:, None] * correlations * signs)[np.ix_(order, order)]
    return Rotation((pattern * signs)[:, order], (structure * signs)[:, order], kept)


def _normalized(loadings: Numbers) -> tuple[Numbers, Numbers]:
    lengths = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    return loadings / lengths, lengths


def _varimax_turn(loadings: Numbers) -> Numbers:
    rows, factors = loadings.shape
    turn = np.eye(factors)
    reached = 0.0
    for _ in range(ITERATIONS if factors > 1 else 0):
        turned = loadings @ turn
        target = loadings.T @ (turned**3 - turned * (turned**2).sum(axis=0) / rows)
        left, values, right = np.linalg.svd(target)
        turn = left @ right
        if values.sum() < reached * (1 + STEADY):
            break
        reached = float(values.sum())
    return turn


def _quartimin(pattern: Numbers) -> tuple[float, Numbers]:
    """Products of squared loadings of one statement on two factors, and their gradient."""
    squares = pattern**2
    others = squares.sum(axis=1, keepdims=True) - squares
    return float((squares * others).sum() / 4), pattern * others


def _project_oblique(loadings: Numbers, criterion: Callable[[Numbers], tuple[float, Numbers]]) -> Numbers:
    """The gradient projection algorithm: step downhill, put the columns back to length one."""
    turn = np.eye(loadings.shape[1])
    step = 1.0
    inverse = np.linalg.inv(turn)
    pattern = loadings @ inverse.T
    value, slope = criterion(pattern)
    gradient = -(pattern.T @ slope @ inverse).T
    for _ in range(ITERATIONS):
        projected = gradient - turn * (turn * gradient).sum(axis=0)
        length = float(np.sqrt((projected**2).sum()))
        if length < LEVELED:
            return turn
        step *= 2
        for _halving in range(30):
            tried = turn - step * projected
            tried /= np.sqrt((tried**2).sum(axis=0))
            inverse = np.linalg.inv(tried)
            pattern = loadings @ inverse.T
            reached, slope = criterion(pattern)
            if value - reached > 0.5 * length**2 * step:
                break
            step /= 2
        else:
            # No step goes down any more: the numbers' own precision is reached.
            return turn
        turn, value = tried, reached
        gradient = -(pattern.T @ slope @ inverse).T
    return turn
