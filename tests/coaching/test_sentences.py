"""Sentences of the core: plain English as they are, and another language where a page is shown."""

from __future__ import annotations

import ast
import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from coaching import matching
from coaching import said as edge
from coaching.matching import Person, Pins, Rules, Trio, form_trios, repair_trios
from coaching.matching.describing import describe
from coaching.matching.sentences import Said, gettext, ngettext, plain_said, said_from
from coaching.said import all_said, said

CORE = sorted(Path(matching.__file__).parent.glob("*.py"))
CATALOGUE = {
    "Three different schools.": "Drei verschiedene Schulen.",
    "At most %(number)d minutes apart.": "Höchstens %(number)d Minuten voneinander entfernt.",
    "Within %(percent)s %% of the best possible (%(what)s).": "%(what)s: bis auf %(percent)s %% das Beste.",
    "minutes between schools": "Minuten zwischen Schulen",
    "Nobody else chose this focus. %(choices)s": "%(choices)s Niemand sonst hat das gewählt.",
}


@pytest.fixture
def german(monkeypatch):
    monkeypatch.setattr(edge, "gettext", lambda text: CATALOGUE.get(text, text))
    monkeypatch.setattr(
        edge,
        "ngettext",
        lambda one, more, number: CATALOGUE.get(one if number == 1 else more, one if number == 1 else more),
    )


def test_a_sentence_is_english_by_itself_and_chooses_its_plural():
    one, two = (ngettext("One way.", "%(number)d ways.", number) for number in (1, 2))
    assert (one, two) == ("One way.", "2 ways.")
    assert gettext("%(name)s is %(share)d %% done.", name="100 % Anna", share=5) == "100 % Anna is 5 % done."


def test_a_sentence_goes_into_json_and_comes_back_with_what_a_translator_needs():
    inner = gettext("minutes between schools")
    whole = gettext("Within %(percent)s %% of the best possible (%(what)s).", percent="0.8", what=inner)
    for back in (said_from(json.loads(json.dumps(plain_said(whole)))), pickle.loads(pickle.dumps(whole))):
        assert isinstance(back, Said)
        assert back == whole
        assert (back.template, back.values["what"].template) == (whole.template, inner.template)
    assert said_from(plain_said("Written by somebody.")) == "Written by somebody."


def test_a_page_says_it_in_the_language_of_its_reader(german):
    inner = gettext("minutes between schools")
    whole = gettext("Within %(percent)s %% of the best possible (%(what)s).", percent="0.8", what=inner)
    assert said(whole) == "Minuten zwischen Schulen: bis auf 0.8 % das Beste."
    assert all_said([plain_said(whole), "Kept."]) == [said(whole), "Kept."]
    people = [
        Person(id=f"p{number}", competency="c", school=f"s{number}", lat=50 + number / 10, lng=9)
        for number in range(3)
    ]
    made = form_trios([*people, Person(id="q", competency="d")])
    assert [said(reason) for reason in made.trios[0].reasons] == [
        "Drei verschiedene Schulen.",
        "Höchstens 28 Minuten voneinander entfernt.",
    ]
    assert said(made.unplaced[0].reason).endswith("Niemand sonst hat das gewählt.")


def test_everything_that_a_result_says_can_be_translated():
    people = [
        Person(
            id=f"p{number}",
            competency="c" if number < 11 else "d",
            school=f"s{number % 4}",
            lat=50 + number / 10,
            lng=9,
            role="ab"[number % 2],
            experience=number,
            wishes=(f"p{(number + 1) % 12}", "stranger"),
        )
        for number in range(12)
    ]
    made = form_trios(people, Rules(pins=Pins(trios=(("p0", "p1", "p2"),))))
    mended = repair_trios([Trio(one.members, one.competency) for one in made.trios], people[1:])
    shown = describe(people, Rules(), made.trios, [one.id for one in made.unplaced])
    clash = form_trios(
        [replace(people[0], supervisor="p1"), *people[1:]], Rules(pins=Pins(together=(("p0", "p1"),)))
    )
    for result in (made, mended, clash):
        sentences = [*result.notes, *result.contradiction, result.verdict()]
        sentences += [reason for trio in result.trios for reason in trio.reasons]
        sentences += [one.reason for one in result.unplaced]
        sentences += [reason for told in result.person_reasons.values() for reason in told]
        assert sentences
        assert [one for one in sentences if not isinstance(one, Said)] == []
    assert all(isinstance(one, Said) for told in shown.person_reasons.values() for one in told)
    assert all(isinstance(one, Said) for one in shown.unplaced_reasons.values())


def test_the_core_hands_over_whole_sentences_that_a_tool_can_collect():
    """A template that is put together when it runs is in no catalogue."""
    found = 0
    for path in CORE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext", "ngettext"):
                texts = node.args[: 2 if node.func.id == "ngettext" else 1]
                assert all(isinstance(text, ast.Constant) for text in texts), f"{path.name}:{node.lineno}"
                found += 1
    assert found > 40
