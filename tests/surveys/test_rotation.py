"""What every turning of factors must keep, and that it ends; the figures themselves are in
test_analysis_oracles.py."""

from __future__ import annotations

import numpy as np
import pytest

from surveys.analysis import rotation
from surveys.analysis.rotation import oblimin, promax, varimax

LOADINGS = np.array(
    [[0.71, 0.32], [0.64, 0.28], [0.58, -0.41], [0.66, -0.37], [0.55, 0.49], [0.62, -0.22], [0.0, 0.0]]
)
ALL = [varimax, promax, oblimin]


def explains_the_same(turned: rotation.Rotation) -> bool:
    """Turned factors explain the statements' correlations exactly as the unturned ones do."""
    pattern, between = turned.loadings, turned.correlations
    return bool(
        np.allclose(pattern @ between @ pattern.T, LOADINGS @ LOADINGS.T, atol=1e-10)
        and np.allclose(np.diag(between), 1)
        and np.allclose(turned.structure, pattern @ between)
    )


@pytest.mark.parametrize("turn", ALL)
def test_turning_changes_names_and_not_what_is_explained(turn) -> None:
    turned = turn(LOADINGS)
    assert explains_the_same(turned)
    sizes = (turned.loadings * turned.structure).sum(axis=0)
    assert sizes[0] >= sizes[1]
    assert (turned.loadings.sum(axis=0) >= 0).all()


@pytest.mark.parametrize("turn", ALL)
def test_one_factor_is_only_set_upright(turn) -> None:
    single = -LOADINGS[:, :1]
    turned = turn(single)
    assert turned.loadings == pytest.approx(LOADINGS[:, :1], abs=1e-12)
    assert turned.structure == pytest.approx(LOADINGS[:, :1], abs=1e-12)
    assert turned.correlations == pytest.approx(np.eye(1))


def test_oblimin_ends_at_the_numbers_own_precision(monkeypatch) -> None:
    """Asked for more than doubles hold it stops where no step goes down any more: at the same place."""
    usual = oblimin(LOADINGS)
    monkeypatch.setattr(rotation, "LEVELED", 0.0)
    asked: list[int] = []
    quartimin = rotation._quartimin
    monkeypatch.setattr(rotation, "_quartimin", lambda pattern: (asked.append(1), quartimin(pattern))[1])
    finest = oblimin(LOADINGS)
    assert finest.loadings == pytest.approx(usual.loadings, abs=1e-6)
    assert len(asked) < rotation.ITERATIONS


@pytest.mark.parametrize("turn", ALL)
def test_cut_short_it_still_explains_the_same(turn, monkeypatch) -> None:
    """A rotation that has not settled after all its steps is a worse one, and not a wrong one."""
    monkeypatch.setattr(rotation, "ITERATIONS", 2)
    assert explains_the_same(turn(LOADINGS))
