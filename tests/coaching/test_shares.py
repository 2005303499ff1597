"""Shares of the time, and what a trio may want to notice."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.release_costs import Entry, ledger
from coaching.shares import evenly, missed_running, passed_over, shares, turns, untouched

PEOPLE = ["a", "b", "c"]


def test_shares_of_three_rounds():
    rounds = [{"a": 30, "b": 30}, {"a": 20, "b": 20, "c": 20}]

    assert shares(rounds, PEOPLE) == {"a": 50 / 120, "b": 50 / 120, "c": 20 / 120}
    assert shares([{}], PEOPLE) == {}
    # Who left the trio is not counted into it.
    assert shares([{"gone": 60, "a": 10}], ["a"]) == {"a": 1.0}


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([{"a": 40, "b": 14, "c": 6}, {"a": 30, "b": 20, "c": 10}], ["c"]),
        ([{"a": 40, "b": 14, "c": 6}, {"a": 20, "b": 20, "c": 20}], []),
        ([{"a": 40, "b": 20}], []),  # one round is a busy day
        ([{}, {"a": 60}, {}, {"a": 60}], ["b", "c"]),  # rounds without minutes say nothing
        ([{"a": 30, "b": 15, "c": 15}] * 2, []),  # a quarter is not less than a quarter
    ],
)
def test_who_was_passed_over_twice_running(rounds, expected):
    assert passed_over(rounds, PEOPLE, percent=25, running=2) == expected


def test_appointments_missed_in_a_row():
    assert [missed_running(each) for each in ([], [True], [False, False, True], [False])] == [0, 0, 2, 1]


def test_goals_nobody_talked_about():
    goals = {1: 5, 2: 5, 3: 1}

    assert untouched([{1}, set(), {1}], goals, running=3) == [2]
    assert untouched([{1}, set()], goals, running=3) == []


@given(st.integers(0, 600), st.integers(1, 4))
def test_an_even_share_adds_up(minutes, people):
    found = evenly(minutes, range(people))

    assert sum(found.values()) == minutes
    assert max(found.values()) - min(found.values()) <= 1


def test_nobody_shares_nothing():
    assert evenly(60, []) == {}
    assert turns([], 60, 1) == []


@given(st.integers(2, 4), st.integers(4, 300), st.integers(1, 20))
def test_everyone_coaches_and_is_coached_in_each_round(people, minutes, number):
    found = turns(list(range(people)), minutes, number)

    assert sorted(slot.coached for slot in found) == list(range(people))
    assert sum(slot.minutes for slot in found) == minutes
    assert found[0].starts == 0
    assert all(b.starts == a.starts + a.minutes for a, b in itertools.pairwise(found))
    assert {who for slot in found for who in slot.coaches} == set(range(people))
    assert all(slot.coached not in slot.coaches for slot in found)


def test_who_begins_rotates():
    assert [turns(PEOPLE, 60, number)[0].coached for number in (1, 2, 3, 4)] == ["a", "b", "c", "a"]


def test_eighteen_groups_with_55_hosts_are_costed_to_the_cent():
    """Seventeen trios and one of four: everybody hosts once, the guests who teach need half a day each.

    In each group one person does not teach. Guests of one visit: 2, in the group of four 3.
    By hand: a trio has 3 visits of 2 guests = 6 half days, of which the one who does not teach takes 2:
    4 are paid, 17 × 4 = 68. The four have 4 visits of 3 guests = 12, less 3 = 9.
    77 half days at 131.18 are 10,100.86.
    """
    half = Decimal("131.18")
    entries, visits = [], 0
    for size in [3] * 17 + [4]:
        for host in range(size):
            visits += 1
            guests = [guest for guest in range(size) if guest not in (host, 0)]
            entries += [Entry(Decimal("0.5"), half, used=host == 0) for _guest in guests]
    found = ledger(Decimal("40"), Decimal("10500.00"), entries)

    assert visits == 55
    assert len(entries) == 77
    assert found.used + found.committed == Decimal("10100.86")
    assert found.left == Decimal("399.14")
    assert found.days_left == Decimal("1.5")
    assert found.holds(Decimal("1.5"), Decimal("399.14"))
    assert not found.holds(Decimal("0.5"), Decimal("399.15"))
    assert not found.holds(Decimal("2"), Decimal("1"))
