"""Fixtures for every test. The cast is built by tests/cast.py."""

from __future__ import annotations

import pytest

from tests import cast as builders


@pytest.fixture
def cast(db) -> builders.Cast:
    """One district with every role, in an open program year."""
    return builders.make_cast()


@pytest.fixture
def other(db) -> builders.Cast:
    """A second district that must see nothing of the first."""
    return builders.make_cast("river-bend")
