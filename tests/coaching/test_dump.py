"""A copy of a PostgreSQL database, as an operator makes it, holds no word of a talk in clear.

Apart from tests/access, whose people are built once a module: pg_dump sees only what is committed.
"""

from __future__ import annotations

import subprocess

import pytest
from django.db import connection

from tests.access.test_talk_wall import MARKER, NUMBER, fill, mark
from tests.cast import make_cast
from tests.coaching.meetings import make_visit


@pytest.mark.needs_postgres
def test_pg_dump_holds_no_word_in_clear(transactional_db):
    cast = make_cast()
    fill(cast)
    make_visit(cast)
    mark()
    settings = connection.settings_dict
    address = ["-h", settings["HOST"] or "127.0.0.1", "-p", str(settings["PORT"] or 5432)]
    command = ["pg_dump", *address, "-U", settings["USER"] or "postgres", settings["NAME"]]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "coaching_journalentry" in written
    assert MARKER not in written
    assert str(NUMBER) not in written
