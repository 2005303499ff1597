"""The page of rules: what its buttons do to the order and the pins, believing nothing of what is posted."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from coaching.forming_rules import MOST_PINS, RulesState
from coaching.matching import DEFAULT_ORDER, Pins, Priority
from coaching.models import TrioProposal

ORDER = [str(one) for one in DEFAULT_ORDER]
KNOWN = {"1", "2", "3", "4", "5"}


def posted(words: str) -> RulesState:
    return RulesState.posted(QueryDict(words), KNOWN)


def test_what_was_not_posted_follows_in_the_usual_order_and_is_off():
    state = posted("order=travel&order=mix&order=travel&order=magic&use=travel&use=magic")
    assert state.order == ["travel", "mix", *[word for word in ORDER if word not in ("travel", "mix")]]
    assert state.priorities == (Priority.TRAVEL,)
    assert state.off == set(ORDER) - {"travel"}


@pytest.mark.parametrize(
    ("words", "pins"),
    [
        ("together=2-1", Pins(together=(("1", "2"),))),
        ("together=2-1&together=1-2&apart=3-4", Pins(together=(("1", "2"),), apart=(("3", "4"),))),
        ("together=1-1&together=1&together=1-2-3&apart=1-9&apart=", Pins()),
        ("trio=1-2-3&trio=4-5", Pins(trios=(("1", "2", "3"), ("4", "5")))),
        ("trio=1&trio=1-1&trio=1-2-3-4-5&trio=1-2-9", Pins()),
    ],
)
def test_pins_hold_people_who_are_known(words, pins):
    assert posted(words).pins == pins


def test_more_pins_than_a_page_can_hold_are_not_taken():
    everyone = {str(number) for number in range(100)}
    rows = QueryDict("&".join(f"apart=0-{number}" for number in range(1, 100)))
    state = RulesState.posted(rows, everyone)
    assert len(state.apart) == MOST_PINS
    assert state.press(QueryDict("add=1&how=apart&first=1&second=2"), everyone) == "add"
    assert len(state.apart) == MOST_PINS


@pytest.mark.parametrize(
    ("words", "pressed", "order"),
    [
        ("up=travel", "up", ["travel", "schools", "mix"]),
        ("up=schools", "up", ["schools", "travel", "mix"]),
        ("down=schools", "down", ["travel", "schools", "mix"]),
        ("up=magic", "", ["schools", "travel", "mix"]),
        ("", "", ["schools", "travel", "mix"]),
    ],
)
def test_up_and_down_change_the_order_and_stop_at_its_ends(words, pressed, order):
    state = RulesState()
    assert state.press(QueryDict(words), KNOWN) == pressed
    assert state.order[:3] == order


def test_the_last_priority_goes_no_further_down():
    state = RulesState()
    assert state.press(QueryDict(f"down={ORDER[-1]}"), KNOWN) == "down"
    assert state.order == ORDER


def test_pins_are_added_and_dropped_by_their_buttons():
    state = RulesState()
    assert state.press(QueryDict("add=1&how=together&first=2&second=1"), KNOWN) == "add"
    assert state.press(QueryDict("add=1&how=apart&first=1&second=3"), KNOWN) == "add"
    assert state.press(QueryDict("add=1&how=apart&first=1&second="), KNOWN) == "add"
    assert (state.together, state.apart) == ([("1", "2")], [("1", "3")])
    state.trios = [("3", "4", "5")]
    assert state.press(QueryDict("drop=apart:1-2"), KNOWN) == "drop"
    assert state.apart == [("1", "3")], "the pair stood under the other word"
    for text in ("apart:1-3", "together:1-2", "trio:3-4-5", "magic:1-2", ""):
        assert state.press(QueryDict(f"drop={text}"), KNOWN) == "drop"
    assert state.pins == Pins()


def test_the_rules_of_an_earlier_proposal_go_on():
    earlier = TrioProposal(
        rules={"priorities": ["mix", "travel"], "together": [["1", "2"]], "apart": [["3", "4"]]},
        groups=[
            {"members": ["1", "2", "5"], "pinned": True},
            {"members": ["3", "4"], "pinned": False},
        ],
    )
    state = RulesState.of(earlier)
    assert state.order[:2] == ["mix", "travel"]
    assert state.priorities == (Priority.MIX, Priority.TRAVEL)
    assert state.pins == Pins((("1", "2", "5"),), (("1", "2"),), (("3", "4"),))
