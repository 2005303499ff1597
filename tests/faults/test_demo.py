"""`make demo` from an empty folder: it starts, keeps what was typed, refuses to run twice, starts over."""

from __future__ import annotations

import re
import signal
import socket

import pytest

from tests.faults.processes import Machine, Visitor, until

pytestmark = [pytest.mark.needs_sqlite, pytest.mark.fault]
PREPARING = 60


@pytest.fixture
def empty(tmp_path):
    """A machine with nothing on it; its database is the demo's own."""
    made = Machine(tmp_path, DATABASE_URL="", MODE="demo")
    yield made
    made.close()


def started(demo: Machine):
    process = demo.start("leaderdev.demo")
    until("the demo answers", lambda: demo.answers(process), seconds=PREPARING)
    return process


def ended(demo: Machine, *arguments: str) -> tuple[int, str]:
    process = demo.start("leaderdev.demo", *arguments)
    code = process.wait(PREPARING)
    return code, (demo.folder / f"process{len(demo.processes) - 1}.log").read_text()


def test_the_demo_from_first_start_to_starting_over(transactional_db, empty):
    first = started(empty)
    assert f"Open http://127.0.0.1:{empty.port}" in empty.logs()
    visitor = Visitor(empty)
    assert visitor.get("/").status == 200
    people = visitor.get("/demo/people/").read().decode()
    entry = re.search(r'action="(/demo/[^"]+)"', people)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', people)
    assert visitor.send(entry[1], csrfmiddlewaretoken=token[1]).status == 200
    visitor.post("/profile/", preferred_name="Quillon")

    # A second one must not share the database, on whatever port.
    empty.port, port = empty.port + 1, empty.port
    code, said = ended(empty)
    assert (code, said) == (1, "The demo is already running. Stop it first (Ctrl-C in its window).\n")
    empty.port = port

    first.send_signal(signal.SIGINT)
    assert first.wait(20) == 0
    assert "Traceback" not in empty.logs()

    # What was typed is still there after the next start.
    again = started(empty)
    assert "nothing typed was changed" in empty.logs()
    assert "Quillon" in visitor.get("/profile/").read().decode()
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 0

    assert ended(empty, "--reset")[0] == 0
    started(empty)
    assert b"Quillon" not in Visitor(empty).get("/demo/people/").read()


def test_a_taken_port_is_a_sentence(transactional_db, empty):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", empty.port))
        taken.listen()

        code, said = ended(empty)

    assert code == 1
    assert said == (
        f"Port {empty.port} is taken by another program. "
        f"Choose another one: make demo PORT={empty.port + 1}\n"
    )
