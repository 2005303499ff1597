"""Odd and wrong input: a sentence for each, and never a broken promise."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from coaching.matching import Person, Pins, Priority, RefusedError, Rules, form_trios
from tests.coaching.districts import broken, district

ANNA, BEN, CARA, DEV = (Person(id=name, competency="c") for name in ("anna", "ben", "cara", "dev"))


def test_nobody_is_a_sentence_and_no_trios():
    result = form_trios([])
    assert (result.trios, result.unplaced) == ((), ())
    assert result.notes == ("There are no participants to form trios of.",)


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(RefusedError) as refusal:
        form_trios([ANNA, BEN, ANNA])
    assert refusal.value.problems == ["The id anna stands 2 times; every person needs an id of their own."]


def test_pins_must_name_participants_and_hold_two_to_four():
    pins = Pins(trios=(("anna", "anna"),), together=(("ben", "eve"),))
    with pytest.raises(RefusedError) as refusal:
        form_trios([ANNA, BEN, CARA], Rules(pins=pins))
    assert refusal.value.problems == [
        "A pin names eve, who is not among the participants.",
        "A pinned group has two to four different people; this one has 1.",
    ]


def test_a_priority_stands_once_in_the_order():
    with pytest.raises(RefusedError, match="stands twice"):
        form_trios([ANNA], Rules(priorities=(Priority.MIX, Priority.MIX)))


def test_a_circle_of_supervisors_is_told_and_kept_apart():
    people = [
        replace(ANNA, supervisor="ben"),
        replace(BEN, supervisor="anna"),
        *(Person(id=f"p{number}", competency="c") for number in range(4)),
    ]
    result = form_trios(people)
    assert any("in a circle" in note and "anna, ben" in note for note in result.notes)
    assert broken(result, people, Rules()) == []
    assert not any({"anna", "ben"} <= set(trio.members) for trio in result.trios)


def test_one_person_alone_is_reported_with_choices():
    result = form_trios([ANNA])
    assert [one.id for one in result.unplaced] == ["anna"]
    assert "Join a related competency" in result.unplaced[0].reason
    assert result.notes[-1].startswith("c: one person alone. Choices:")


def test_two_people_work_as_a_pair_and_are_reported():
    result = form_trios([ANNA, BEN])
    assert [trio.members for trio in result.trios] == [("anna", "ben")]
    assert result.notes[-1].startswith("c: two people only. Choices:")


def test_five_people_leave_one_over_unless_pairs_are_allowed():
    people = [Person(id=f"p{number}", competency="c") for number in range(5)]
    strict, pairs = form_trios(people), form_trios(people, Rules(pairs_allowed=True))
    assert [len(trio.members) for trio in strict.trios] == [4]
    assert strict.unplaced[0].reason.startswith("Five people do not divide")
    assert sorted(len(trio.members) for trio in pairs.trios) == [2, 3]


def test_without_places_travel_is_left_out_with_a_sentence():
    result = form_trios([ANNA, BEN, CARA])
    assert result.notes == ("Travel time is left out: no school has a place on the map.",)
    assert not any("minutes" in reason for trio in result.trios for reason in trio.reasons)


def test_a_table_of_minutes_stands_above_the_map():
    people = [replace(one, school=one.id) for one in (ANNA, BEN, CARA)]
    minutes = {("anna", "ben"): 10, ("cara", "anna"): 20, ("ben", "cara"): 30}
    result = form_trios(people, Rules(minutes=minutes, priorities=(Priority.TRAVEL,)))
    assert result.objective == (60,)
    assert "At most 30 minutes apart." in result.trios[0].reasons


@pytest.mark.parametrize(
    ("people", "pins", "named"),
    [
        (
            [replace(ANNA, supervisor="ben"), BEN, CARA],
            Pins(together=(("anna", "ben"),), apart=(("anna", "cara"),)),
            ("Pinned together: anna, ben.", "ben supervises anna."),
        ),
        (
            [replace(ANNA, not_with=("ben",)), BEN, CARA],
            Pins(trios=(("anna", "ben", "cara"),)),
            ("Pinned as one group: anna, ben, cara.", "A rule that only its author knows."),
        ),
        (
            [ANNA, BEN, CARA, DEV],
            Pins(together=(("anna", "ben"), ("ben", "cara")), apart=(("anna", "cara"), ("anna", "dev"))),
            ("Pinned together: anna, ben.", "Pinned together: ben, cara.", "Pinned apart: anna, cara."),
        ),
        (
            [ANNA, replace(BEN, competency="d"), CARA],
            Pins(together=(("anna", "ben"),)),
            ("Pinned together: anna, ben.", "People of one group share a focus competency."),
        ),
        (
            [ANNA, BEN, CARA, DEV],
            Pins(trios=(("anna", "ben"),)),
            ("Pinned as one group: anna, ben.", "Pairs are not allowed."),
        ),
    ],
)
def test_the_smallest_contradiction_is_named(people, pins, named):
    result = form_trios(people, Rules(pins=pins))
    assert result.contradiction == named
    assert (result.trios, result.optimal) == ((), False)
    assert result.verdict() == "No proposal: the rules contradict each other."


def test_pins_that_no_group_can_be_completed_around_are_named():
    people = [replace(ANNA, not_with=("cara", "dev")), replace(BEN, not_with=("dev",)), CARA, DEV]
    result = form_trios(people, Rules(pins=Pins(together=(("anna", "ben"),))))
    assert result.contradiction[0] == "Pinned together: anna, ben."
    assert not any("cara" in sentence or "dev" in sentence for sentence in result.contradiction)


def test_pins_are_kept():
    people = district(12, 1, 3, rules=0)
    pins = Pins(
        trios=(("p0000", "p0001", "p0002"),), together=(("p0003", "p0004"),), apart=(("p0005", "p0006"),)
    )
    result = form_trios(people, Rules(pins=pins))
    seats = {name: trio for trio in result.trios for name in trio.members}
    assert seats["p0000"].pinned
    assert seats["p0000"].members == ("p0000", "p0001", "p0002")
    assert seats["p0003"] == seats["p0004"]
    assert seats["p0005"] != seats["p0006"]
    assert result.optimal


def test_ten_thousand_rows_are_answered_in_time():
    people = district(10_000, 100, 5, rules=0.02)
    began = time.process_time()  # not the clock: other tests share the machine
    result = form_trios(people, Rules(time_limit=5))
    assert time.process_time() - began < 60
    assert broken(result, people, Rules()) == []


def test_a_stop_gives_the_best_so_far():
    told: list[tuple[float, str]] = []
    people = district(60, 4, 6)
    result = form_trios(people, progress=lambda *step: told.append(step), stop=lambda: bool(told))
    assert result.stopped
    assert broken(result, people, Rules()) == []
    assert [share for share, _ in told] == [0.25, 0.5, 0.75, 1.0]


def test_the_order_of_priorities_decides():
    here, there = (("x", 53.0), ("y", 54.0))
    people = [
        Person(id=f"p{n}", competency="c", school=f"s{n}", lat=place[1], lng=0.0, role=role)
        for n, (place, role) in enumerate(
            [(here, "a"), (here, "a"), (here, "a"), (there, "b"), (there, "b"), (there, "b")]
        )
    ]
    near = form_trios(people, Rules(priorities=(Priority.TRAVEL, Priority.MIX)))
    mixed = form_trios(people, Rules(priorities=(Priority.MIX, Priority.TRAVEL)))
    assert near.objective == (0, 6)
    assert mixed.objective[0] == 2
    assert mixed.objective[1] > 0
