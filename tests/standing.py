"""`cast` and `other` built once for a module: for tests that ask many addresses and change few rows.

A package takes them with `from tests.standing import cast, other, standing` in its conftest.py. The rows
stand in a transaction around all tests of the module; each test runs in a savepoint of it, as ever, and gets
copies of its own, so that nothing a test does is seen by the next.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests import cast as builders

Pair = tuple[builders.Cast, builders.Cast]


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[Pair]:
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            pair = builders.make_cast(), builders.make_cast("river-bend")
            with django_db_blocker.block():
                yield pair
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def cast(standing: Pair, db) -> builders.Cast:
    return copy.deepcopy(standing[0])


@pytest.fixture
def other(standing: Pair, db) -> builders.Cast:
    return copy.deepcopy(standing[1])
