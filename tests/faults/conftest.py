"""A machine to start processes on, and mail waiting in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leaderdev.common.mail.queue import store
from tests.cast import make_user
from tests.faults.processes import Machine


@pytest.fixture
def machine(transactional_db, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """machine(NAME=value …) → processes started on it see the test's database and these settings."""
    made: list[Machine] = []

    def make(**environment: str) -> Machine:
        folder = tmp_path / f"machine{len(made)}"
        folder.mkdir()
        made.append(Machine(folder, **environment))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def ana(transactional_db):
    return make_user("ana@example.ca")


@pytest.fixture
def waiting(transactional_db) -> Callable[[int], list[str]]:
    """waiting(n) → the addresses of n mails that stand in the queue."""

    def write(count: int) -> list[str]:
        addresses = [f"person{number:04}@example.ca" for number in range(count)]
        for address in addresses:
            store(to=address, kind="hello", subject="Hello", text="Good day", key=f"hello:{address}")
        return addresses

    return write
