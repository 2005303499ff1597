"""The checklist as thinking: facts in, sentences out."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from cohorts.setup.items import YearFacts, items

FIRST, LAST = datetime.date(2026, 8, 24), datetime.date(2027, 6, 30)
READY = YearFacts(
    starts_on=FIRST,
    ends_on=LAST,
    selection_opens_on=datetime.date(2026, 9, 1),
    selection_closes_on=datetime.date(2026, 10, 2),
    available=9,
    offered=5,
    participants=55,
    leads=1,
    norms=4,
    calendar=(FIRST, LAST),
    no_school=[(datetime.date(2026, 10, 12), datetime.date(2026, 10, 12))],
    session_days=[datetime.date(2026, 9, 17), datetime.date(2026, 10, 22)],
)


def undone(facts: YearFacts) -> list[tuple[bool, str]]:
    return [(item.blocks, item.sentence) for item in items(facts) if not item.is_done]


def test_a_year_that_lacks_nothing():
    assert undone(READY) == []
    assert [item.sentence for item in items(READY)] == [
        "55 people take part.",
        "Every participant has a school.",
        "1 program lead is named.",
        "5 of 9 competencies are offered.",
        "The days of choosing a focus lie inside the year.",
        "The calendar knows the days without school.",
        "2 learning sessions are planned.",
        "Every member has been invited.",
        "Every participant’s supervisor is named.",
        "Every participant’s school is on the map.",
        "4 norms are written down.",
    ]


@pytest.mark.parametrize(
    ("change", "blocks", "sentence"),
    [
        ({"participants": 0}, True, "Nobody takes part yet."),
        ({"without_school": 3}, True, "3 participants have no school."),
        ({"without_school": 1}, True, "1 participant has no school."),
        ({"leads": 0}, True, "Nobody is program lead yet."),
        ({"offered": 0}, True, "No competency is offered yet."),
        ({"available": 0, "offered": 0}, True, "The standard has no competency that can be a focus."),
        ({"foreign_offered": 2}, True, "2 offered competencies belong to another standard."),
        (
            {"selection_opens_on": None, "selection_closes_on": None},
            True,
            "The days of choosing a focus are not set yet.",
        ),
        (
            {"selection_opens_on": datetime.date(2026, 8, 23)},
            True,
            "The days of choosing a focus lie outside the year.",
        ),
        (
            {"other_open_year": "2025–26"},
            True,
            "The program year 2025–26 of this cohort is still open. Close it first.",
        ),
        (
            {"calendar": None},
            False,
            "No school-year calendar is chosen, so days without school are not known.",
        ),
        (
            {"calendar": (FIRST, datetime.date(2027, 6, 1))},
            False,
            "The calendar does not cover the whole program year.",
        ),
        ({"no_school": []}, False, "The calendar has no days without school yet."),
        ({"session_days": []}, False, "No learning session is planned yet."),
        (
            {"session_days": [datetime.date(2026, 10, 12), datetime.date(2026, 9, 19)]},
            False,
            "2 learning sessions fall on a day without school.",
        ),
        (
            {"session_days": [datetime.date(2026, 8, 20)]},
            False,
            "1 learning session lies outside the year.",
        ),
        ({"not_invited": 4}, False, "4 members have not been invited yet."),
        (
            {"schools_without_place": 2},
            False,
            "2 schools have no coordinates: trios cannot weigh driving time.",
        ),
        (
            {"without_supervisor": 1},
            False,
            "1 participant has no supervisor named: trios cannot keep the two apart.",
        ),
        ({"norms": 0}, False, "No norms are written down yet. The opening session is a good moment."),
    ],
)
def test_each_thing_that_is_missing_has_its_sentence(change, blocks, sentence):
    assert undone(replace(READY, **change)) == [(blocks, sentence)]
