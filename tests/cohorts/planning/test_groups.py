"""Groups: sizes within bounds, schools mixed, the past remembered."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.planning.groups import Person, price, sizes, split


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (0, []),
        (3, [3]),
        (7, [7]),
        (8, [4, 4]),
        (10, [5, 5]),
        (13, [7, 6]),
        (55, [7, 7, 7, 7, 7, 7, 7, 6]),
        (60, [7, 7, 7, 7, 7, 7, 6, 6, 6]),
    ],
)
def test_sizes_are_even_and_within_five_to_seven_where_the_number_allows_it(people, found):
    assert sizes(people, 5, 7) == found


def test_two_of_a_school_are_kept_apart():
    people = [Person(f"{school}{n}", school) for school in "abcdef" for n in range(2)]
    groups = split(people, least=5, most=7, past={})
    assert price(groups, {}) == 0
    assert sorted(map(len, groups)) == [6, 6]


def test_people_who_sat_together_are_mixed_anew():
    people = [Person(n) for n in range(12)]
    first = split(people, least=5, most=7, past={}, seed=1)
    past = {frozenset((a.key, b.key)): 1 for group in first for a, b in combinations(group, 2)}
    again = split(people, least=5, most=7, past=past, seed=1)
    # Twelve people in two groups of six: eighteen of the thirty pairs can be new, no more.
    assert price(again, past) == 12


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=40), st.integers(0, 3))
def test_everybody_sits_somewhere_once_and_the_seed_decides(schools, seed):
    people = [Person(n, school) for n, school in enumerate(schools)]
    groups = split(people, least=5, most=7, past={}, seed=seed)
    assert sorted(p.key for group in groups for p in group) == list(range(len(people)))
    assert sorted(map(len, groups)) == sorted(sizes(len(people), 5, 7))
    assert groups == split(people, least=5, most=7, past={}, seed=seed)
