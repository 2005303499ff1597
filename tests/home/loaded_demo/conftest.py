"""The demo, loaded once for this package: loading takes longer than all that is asked of it.

The rows stand in a transaction around the whole package; each test runs in a savepoint of it, as ever, and
gets a copy of its own. What loads the demo itself stands outside, in tests/home/test_demo_loading.py.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from leaderdev.home.demo.load import load
from tests.home.loaded_demo import TODAY
from tests.standing import held_open


@pytest.fixture(scope="package")
def standing_demo(django_db_setup, django_db_blocker) -> Iterator[Any]:
    with held_open(django_db_blocker, lambda: load(TODAY)) as world:
        yield world


@pytest.fixture
def demo(standing_demo, db) -> Any:
    return copy.deepcopy(standing_demo)
