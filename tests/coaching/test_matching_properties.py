"""What holds for every district, however odd."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.matching import Rules, form_trios, repair_trios
from coaching.matching.sizes import best_sizes
from tests.coaching.districts import broken, district

FEW = settings(max_examples=15, deadline=None, derandomize=True)
DISTRICTS = st.builds(
    district,
    people=st.integers(0, 26),
    competencies=st.integers(1, 4),
    seed=st.integers(0, 10_000),
    rules=st.sampled_from([0.0, 0.1, 0.5]),
)


@FEW
@given(people=DISTRICTS, pairs=st.booleans())
def test_everyone_sits_once_and_no_rule_is_broken(people, pairs):
    rules = Rules(pairs_allowed=pairs)
    assert broken(form_trios(people, rules), people, rules) == []


@FEW
@given(people=DISTRICTS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(people, order):
    shuffled = list(people)
    order.shuffle(shuffled)
    here, there = form_trios(people), form_trios(shuffled)
    assert (here.trios, here.unplaced, here.objective) == (there.trios, there.unplaced, there.objective)


@FEW
@given(size=st.integers(0, 40), pairs=st.booleans())
def test_without_hard_rules_the_sizes_are_as_promised(size, pairs):
    result = form_trios(district(size, 1, size, rules=0), Rules(pairs_allowed=pairs))
    sizes = sorted([len(trio.members) for trio in result.trios] + [1] * len(result.unplaced), reverse=True)
    assert tuple(sizes) == best_sizes(size, pairs=pairs or size == 2)


def moved_by(before, after, people) -> int:
    """Who sits in a group that does not go on with most of the old one, matched greedily from the largest."""
    focus = {person.id: person.competency for person in people}
    old = {
        name: number
        for number, trio in enumerate(before)
        for name in trio.members
        if focus.get(name) == trio.competency
    }
    overlaps = sorted(
        (-sum(old.get(name) == number for name in trio.members), number, index)
        for index, trio in enumerate(after)
        for number in {old[name] for name in trio.members if name in old}
    )
    kept, used = {}, set()
    for _, number, index in overlaps:
        if number not in kept and index not in used:
            kept[number] = index
            used.add(index)
    return sum(
        name in old and kept.get(old[name]) != index
        for index, trio in enumerate(after)
        for name in trio.members
    )


@FEW
@given(people=DISTRICTS, seed=st.integers(0, 1000), leaving=st.integers(0, 3))
def test_a_repair_never_moves_more_than_a_fresh_solve(people, seed, leaving):
    dice = random.Random(seed)
    before = form_trios(people).trios
    left = dice.sample(people, max(0, len(people) - leaving))
    if left and dice.random() < 0.5:
        left[0] = replace(left[0], competency="c0")
    mended = repair_trios(before, left)
    fresh = form_trios(left)
    assert len(mended.moved) == moved_by(before, mended.trios, left)
    assert len(mended.moved) <= moved_by(before, fresh.trios, left)
    assert len(mended.unplaced) <= len(fresh.unplaced)


@FEW
@given(people=DISTRICTS)
def test_reasons_are_the_same_with_and_without_confidential_wishes(people):
    """Whoever sits together in both is told the same, word for word."""
    open_people = [replace(person, not_with=()) for person in people]
    here, there = form_trios(people), form_trios(open_people)
    told = {trio.members: trio.reasons for trio in there.trios}
    for trio in here.trios:
        if trio.members in told:
            assert trio.reasons == told[trio.members]
            assert all(here.person_reasons[name] == there.person_reasons[name] for name in trio.members)
