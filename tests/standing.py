"""`cast` and `other` built once for a module: for tests that ask many addresses and change few rows.

A package takes them with `from tests.standing import cast, other, standing` in its conftest.py. The rows
stand in a transaction around all tests of the module; each test runs in a savepoint of it, as ever, and gets
copies of its own, so that nothing a test does is seen by the next.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from tests import cast as builders

Pair = tuple[builders.Cast, builders.Cast]


@contextlib.contextmanager
def held_open(blocker: Any, build: Callable[[], Any]) -> Iterator[Any]:
    """What `build` stored stands until the end, in a transaction that is then taken back."""
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            built = build()
            with blocker.block():
                yield built
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[Pair]:
    def build() -> Pair:
        return builders.make_cast(), builders.make_cast("river-bend")

    with held_open(django_db_blocker, build) as pair:
        yield pair


@pytest.fixture
def cast(standing: Pair, db) -> builders.Cast:
    return copy.deepcopy(standing[0])


@pytest.fixture
def other(standing: Pair, db) -> builders.Cast:
    return copy.deepcopy(standing[1])
