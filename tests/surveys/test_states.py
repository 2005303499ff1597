"""Where a wave stands, and the order in which those who run surveys see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.states import State, run_rows, state_of
from tests.surveys.samples import DAY, NOW, answer_and_send, make_instrument, make_survey, make_wave, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def instrument(cast):
    return make_instrument(cast)


OPEN = {"opens_at": NOW - DAY, "closes_at": NOW + 2 * DAY}
AHEAD = {"opens_at": NOW + DAY, "closes_at": NOW + 2 * DAY}
OVER = {"opens_at": NOW - 2 * DAY, "closes_at": NOW - DAY}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (OPEN, State.OPEN),
        ({**OPEN, "announced": False}, State.PLANNED),
        (AHEAD, State.ANNOUNCED),
        (OVER, State.CLOSED),
        ({**OVER, "late_until": NOW + DAY}, State.OPEN),
        ({**OPEN, "closed": True}, State.CLOSED),
        # Read in from a file: never announced, and over from the beginning.
        ({**OVER, "announced": False, "closed": True}, State.CLOSED),
    ],
)
def test_a_wave_stands_where_its_clock_and_its_lead_put_it(cast, fields, expected):
    assert state_of(make_wave(cast, make_survey(cast), **fields), NOW) is expected


def test_a_wave_of_a_sealed_survey_is_over(cast):
    assert state_of(make_wave(cast, make_survey(cast, sealed=True), **OPEN), NOW) is State.CLOSED


def test_what_runs_comes_first_and_what_is_over_last(cast, instrument):
    def survey(title: str, *waves: dict) -> None:
        made = make_survey(cast, instrument, title=title)
        for number, fields in enumerate(waves):
            make_wave(cast, made, slug=f"w{number}", title=f"{title} {number}", **fields)
        found.append(made)

    found: list = []
    survey("over last week", {"opens_at": NOW - 9 * DAY, "closes_at": NOW - 7 * DAY})
    survey("over yesterday", {"opens_at": NOW - 9 * DAY, "closes_at": NOW - 8 * DAY}, OVER)
    survey("empty")
    survey("planned", {**AHEAD, "announced": False})
    survey("ahead", OVER, AHEAD, {"opens_at": NOW + 5 * DAY, "closes_at": NOW + 6 * DAY})
    survey("open long", OPEN | {"closes_at": NOW + 9 * DAY})
    survey("open", OVER, OPEN, AHEAD)
    rows = run_rows(found, NOW)
    assert [(row.survey.title, row.wave.title if row.wave else None) for row in rows] == [
        ("open", "open 1"),
        ("open long", "open long 0"),
        ("ahead", "ahead 1"),
        ("planned", "planned 0"),
        ("empty", None),
        ("over yesterday", "over yesterday 1"),
        ("over last week", "over last week 0"),
    ]


def test_the_list_says_until_when_and_how_many_in_one_query_for_all(cast, instrument):
    first = make_wave(cast, make_survey(cast, instrument, title="Growth"), **OPEN)
    answer_and_send(seat_of(cast, first), [3, 3, 3, 3])
    with CaptureQueriesContext(connection) as caught:
        (row,) = run_rows([first.survey], NOW)
    assert (row.wave.done_now, row.state, len(caught)) == (1, State.OPEN, 1)
    make_wave(cast, make_survey(cast, instrument, title="To come"), announced=False, **AHEAD)
    make_wave(cast, make_survey(cast, instrument, title="Past"), **OVER)
    make_wave(cast, make_survey(cast, instrument, title="Soon"), **AHEAD)
    make_wave(cast, make_survey(cast, instrument, title="Paper"), **OVER, announced=False, closed=True)
    make_survey(cast, instrument, title="Nothing yet")
    client = Client()
    client.force_login(cast.lead)
    page = " ".join(client.get("/surveys/").content.decode().split())
    for words in (
        "Before: until Saturday 3 October, 10:00 · 1 answer",
        "Before: opens Friday 2 October, 10:00; nobody has been told yet",
        "Before: was open until Wednesday 30 September, 10:00 · 0 answers",
        "Before: opens Friday 2 October, 10:00",
        "Before: read in from a file",
        "No wave is planned yet.",
    ):
        assert words in page
