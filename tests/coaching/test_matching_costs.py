"""What is counted, compared with the words of the rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from coaching.matching import Person, Priority, Rules, Trio, form_trios
from coaching.matching.costs import build_problem, estimated_minutes, offset
from coaching.matching.describing import describe
from coaching.matching.reasons import group_reasons, person_reasons, wish_reason


def people(**each: list) -> list[Person]:
    count = len(next(iter(each.values())))
    rows = [{name: values[n] for name, values in each.items()} for n in range(count)]
    return [Person(id=f"p{n}", competency="c", **row) for n, row in enumerate(rows)]


def table(crowd: list[Person], priority: Priority, **rules) -> list[list[int]]:
    return build_problem(crowd, Rules(priorities=(priority,), **rules), pairs=False).costs[0].tolist()


def test_wishes_about_the_kind_of_school_count_once_for_each_who_has_one():
    crowd = people(
        context=["rural", "rural", "town", ""], context_wish=["same", "different", "different", "same"]
    )
    assert table(crowd, Priority.CONTEXT) == [
        # p1 wants another kind and sits with the same; p0 wants the same and sits with another.
        [0, 1, 1, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],  # of a school whose kind is unknown nothing is counted
    ]


def test_pairs_without_a_shared_free_half_day_count_where_both_said_something():
    crowd = people(free=[frozenset({1, 2}), frozenset({2}), frozenset({3}), frozenset()])
    assert table(crowd, Priority.TIMES) == [[0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]


def test_last_years_trios_are_parted_or_kept():
    crowd = people(last_trio=["a", "a", "a", "b", "b", ""])
    parted, kept = (
        table(crowd, Priority.LAST_YEAR),
        table(crowd, Priority.LAST_YEAR, keep_last_trios=True),
    )
    assert sum(map(sum, parted)) == 2 * 4
    assert kept == [[-cost for cost in row] for row in parted]
    assert offset(Priority.LAST_YEAR, crowd, Rules(keep_last_trios=True)) == 4
    assert offset(Priority.LAST_YEAR, crowd, Rules()) == 0
    fresh, again = form_trios(crowd), form_trios(crowd, Rules(keep_last_trios=True))
    assert fresh.standings[-1].value == 1, "three of five sit in one of two trios"
    assert again.standings[-1].value == 0
    assert ("p0", "p1", "p2") in [trio.members for trio in again.trios]


def test_ways_of_very_many_places_are_those_of_single_ones():
    """More than four hundred places are counted at once."""
    crowd = [
        Person(
            id=f"p{n:03}",
            competency="c",
            school=f"s{n % 420}" if n % 50 else "",
            lat=None if n % 41 == 0 else 50 + n % 37 / 5,
            lng=None if n % 41 == 0 else -110 - n % 53 / 4,
        )
        for n in range(430)
    ]
    costs = build_problem(crowd, Rules(priorities=(Priority.TRAVEL,)), pairs=False).costs[0]
    for one, other in combinations(range(0, 430, 7), 2):
        same = crowd[one].school and crowd[one].school == crowd[other].school
        assert costs[one, other] == (0 if same else estimated_minutes(crowd[one], crowd[other]))


def test_costs_that_two_bytes_do_not_hold_are_kept_whole():
    crowd = people(school=["a", "b", "c"])
    minutes = {("a", "b"): 40_000, ("b", "c"): 1, ("a", "c"): 2}
    problem = build_problem(
        crowd, Rules(priorities=(Priority.SCHOOLS, Priority.TRAVEL), minutes=minutes), pairs=False
    )
    assert problem.costs.dtype == np.int64
    assert problem.costs[1].sum() == 2 * 40_003


def test_a_group_is_described_by_what_it_is():
    def told(*members: Person, total: int = 9, pinned: bool = False, **rules) -> str:
        return " ".join(group_reasons(members, Rules(**rules), pinned=pinned, total=total))

    one, two, three, four = people(school=["a", "b", "c", "d"])
    assert told(one, two, three) == "Three different schools."
    assert told(one, replace(two, school="a"), three).startswith("Two schools for 3 people.")
    assert told(one, replace(two, school="a"), replace(three, school="a")) == "One school for 3 people."
    assert told(one, two, three, replace(four, school="a"), total=10).startswith("Three schools for 4")
    assert told(*people(experience=[1, 2, None])) == "They share the focus competency."
    assert "Kept as it was pinned." in told(one, two, pinned=True)
    here = [replace(each, lat=50.0, lng=9.0) for each in (one, two, three)]
    assert "No way between the schools." in told(*here)
    assert "At most one minute apart." in told(*here, minutes={("a", "b"): 1})


def test_another_size_than_the_rule_says_is_explained_truly():
    crowd = people(school=["a", "b", "c", "d"])

    def size(number: int, total: int, **rules) -> str:
        return group_reasons(crowd[:number], Rules(**rules), pinned=False, total=total)[-1]

    assert size(4, 10) == "Four seats, because 10 people do not divide into threes."
    assert size(4, 9) == "More seats than the rules ask for.", "after a move by hand"
    assert size(3, 10, seats=4) == "Three seats, because 10 people do not divide into fours."
    assert size(3, 9, seats=2) == "Three seats, because 9 people do not divide into pairs."
    assert size(2, 8) == "Fewer seats than the rules ask for.", "what a repair left"
    assert size(2, 8, pairs_allowed=True) == "A pair, as the rules allow."
    assert size(2, 2) == "Only two people chose this focus."


def test_whose_wish_is_met_is_told_to_that_person_alone():
    one, two, three = people(wishes=[("p1",), ("p0", "p9"), ()], school=["a", "b", "c"])
    members = (one, two, three)
    assert wish_reason(one, members) == "Your wish for a partner is met."
    assert wish_reason(two, members) == "1 of your 2 wishes for a partner are met."
    assert wish_reason(replace(one, wishes=("p9",)), members) == "Your wish for a partner is not met."
    assert wish_reason(three, members) is None
    solved = form_trios(members)
    assert "Your wish for a partner is met." in solved.person_reasons["p0"]
    # What the lead's pages show is written without it.
    shown = describe(members, Rules(), [Trio(("p0", "p1", "p2"), "c")], [])
    assert not any("wish" in reason for told in shown.person_reasons.values() for reason in told)
    assert "2 of 3 wishes for a partner in this group are met." in shown.trios[0].reasons
    assert (shown.met, shown.asked) == (2, 3)


def test_one_wish_in_a_group_is_met_or_not():
    one, two, three = people(wishes=[("p1",), (), ()], school=["a", "b", "c"])
    assert "The one wish for a partner in this group is met." in group_reasons(
        (one, two, three), Rules(), pinned=False, total=3
    )
    assert "The one wish for a partner in this group is not met." in group_reasons(
        (replace(one, wishes=("p9",)), two, three), Rules(), pinned=False, total=3
    )


def test_what_a_group_means_for_one_of_its_people():
    one, two, three, four = (
        replace(each, lat=50.0, lng=9.0 + n) for n, each in enumerate(people(school=["a", "b", "c", "a"]))
    )
    assert person_reasons(one, (one, two, three), Rules())[0] == "Sees two other schools."
    assert person_reasons(one, (one, two, four), Rules())[0] == "Sees one other school."
    assert person_reasons(one, (one, two, three), Rules())[1].startswith("Longest way: about ")
    assert person_reasons(one, (one, four), Rules()) == ("Shares the focus competency.",)
    near = Rules(minutes={("a", "b"): 0})
    assert person_reasons(one, (one, two), near) == ("Sees one other school.",)
