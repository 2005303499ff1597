"""Fixtures for every test. The cast is built by tests/cast.py."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from surveys.pages import forget_pages
from tests import cast as builders

# These look at the site from outside and ask every page, or the whole demo, again and again. Which lines of
# a rule are reached is what its own tests are for, and measuring it here would make the longest tests half as
# long again.
UNMEASURED = (
    "tests/browser/",
    "tests/faults/",
    "tests/access/",
    "tests/pages/",
    "tests/home/loaded_demo/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(UNMEASURED):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Before PostgreSQL is asked to drop the test's database, nobody else is connected to it.

    A thread of the live server may end a moment after the browser that it served; its connection is the
    suite's own, and of no use any more.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def nothing_of_another_test() -> None:
    """A test begins as a fresh process does, whichever test ran before it in the same worker.

    Pages of frozen instruments are kept by number, and every test's numbers start again. Django keeps the
    content types: a test that counts queries would find one less with them than without.
    """
    forget_pages()
    ContentType.objects.clear_cache()


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
