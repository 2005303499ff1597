"""What PostgreSQL writes beside a row: the number of the transaction that made it."""

from __future__ import annotations

import pytest
from django.db import connection

from surveys.services.settling import close_wave, seal
from tests.cast import make_cast
from tests.surveys.samples import answer_and_send, make_survey, make_wave, seat_of

PEOPLE = ("participant", "mate", "third", "bystander")
LEDGERS = ("surveys_response", "surveys_participation")


def versions(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text::bigint FROM {table} ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_row_versions_join_what_is_sent_together_until_sealing_and_nothing_afterwards():
    cast = make_cast()
    survey = make_survey(cast)
    waves = [make_wave(cast, survey), make_wave(cast, survey, "post")]
    for wave in waves:
        for name in PEOPLE:
            answer_and_send(seat_of(cast, wave, name), [1, 2, 3, 4])
    # The two rows of one sending have neighbouring numbers: until sealing they can be laid side by side.
    both = sorted(
        [(number, "response") for number in versions(LEDGERS[0])]
        + [(number, "participation") for number in versions(LEDGERS[1])]
    )
    assert [kind for _number, kind in both] == ["response", "participation"] * (2 * len(PEOPLE))
    for wave in waves:
        close_wave(by=cast.lead, wave=wave)
    seal(by=cast.lead, survey=survey)
    assert set(versions(LEDGERS[0])) == set(versions(LEDGERS[1]))
    assert len(set(versions(LEDGERS[0]))) == 1
