"""Fixtures for every test. The cast is built by tests/cast.py."""

from __future__ import annotations

import os

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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A fault counts when it was survived ten times in a row: FAULT_RUNS=10 runs each so often."""
    runs = int(os.environ.get("FAULT_RUNS", "1"))
    if runs > 1 and any(mark.name == "fault" for mark in metafunc.definition.iter_markers()):
        metafunc.fixturenames.append("fault_run")
        metafunc.parametrize("fault_run", range(1, runs + 1), indirect=True)


@pytest.fixture
def fault_run(request: pytest.FixtureRequest) -> int:
    """Which of the runs in a row this is, from 1."""
    return getattr(request, "param", 1)
