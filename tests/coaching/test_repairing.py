"""Somebody leaves, comes or changes: few people move, pinned groups stay."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from coaching.matching import Person, Pins, Rules, Trio, competency, form_trios, repair_trios, repairing
from coaching.matching.columns import Answer
from tests.coaching.districts import broken, district


def seats(result) -> set[tuple[str, ...]]:
    return {trio.members for trio in result.trios}


def test_nothing_changed_moves_nobody():
    people = district(55, 5, 1)
    before = form_trios(people)
    after = repair_trios(before.trios, people)
    assert (seats(after), after.moved) == (seats(before), ())


@pytest.mark.parametrize("case", range(5))
def test_two_of_fifty_five_leave_and_at_most_three_others_move(case: int):
    people = district(55, 5, case, rules=0.05)
    before = form_trios(people)
    leaving = set(random.Random(case).sample([person.id for person in people], 2))
    left = [person for person in people if person.id not in leaving]
    after = repair_trios(before.trios, left)
    assert len(after.moved) <= 3
    assert not leaving & {name for trio in after.trios for name in trio.members}
    assert broken(after, left, Rules(pairs_allowed=True)) == []


def test_a_newcomer_takes_a_fourth_seat_and_nobody_moves():
    people = district(9, 1, 4, rules=0)
    before = form_trios(people)
    after = repair_trios(before.trios, [*people, Person(id="new", competency="c0")])
    assert after.moved == ()
    assert sorted(len(trio.members) for trio in after.trios) == [3, 3, 4]


def test_a_changed_focus_changes_only_that_seat():
    people = [*district(10, 1, 5, rules=0), *(Person(id=f"q{n}", competency="d") for n in range(3))]
    before = form_trios(people)
    four = next(trio for trio in before.trios if len(trio.members) == 4)
    changed = [replace(p, competency="d") if p.id == four.members[0] else p for p in people]
    after = repair_trios(before.trios, changed)
    assert after.moved == ()
    assert (four.members[0], "q0", "q1", "q2") in seats(after)


def test_pinned_groups_are_untouched():
    people = district(9, 1, 6, rules=0)
    before = [replace(trio, pinned=number < 2) for number, trio in enumerate(form_trios(people).trios)]
    gone = before[2].members[0]
    after = repair_trios(before, [person for person in people if person.id != gone])
    assert {trio.members for trio in before[:2]} <= seats(after)


def test_a_new_supervisor_parts_two_people():
    people = district(9, 1, 7, rules=0)
    before = form_trios(people)
    one, other = before.trios[0].members[:2]
    changed = [replace(p, supervisor=other) if p.id == one else p for p in people]
    after = repair_trios(before.trios, changed)
    assert broken(after, changed, Rules()) == []
    assert len(after.moved) == 2


def test_a_pair_goes_on_where_mending_would_uproot_too_many():
    people = [Person(id=f"{focus}{n}", competency=focus) for focus in "abc" for n in range(9)]
    trios = [
        Trio(tuple(f"{focus}{n}" for n in range(start, start + 3)), focus)
        for focus in "abc"
        for start in (0, 3, 6)
    ]
    left = [person for person in people if person.id not in ("a0", "b0")]
    after = repair_trios(trios, left)
    assert len(after.moved) == 2
    assert sorted(len(trio.members) for trio in after.trios) == [2, 3, 3, 3, 3, 3, 4, 4]
    assert any("go on as a pair" in note for note in after.notes)


def test_pins_that_clash_with_a_pinned_trio_are_named():
    people = district(9, 1, 6, rules=0)
    before = [replace(trio, pinned=True) for trio in form_trios(people).trios]
    one, other = before[0].members[:2]
    after = repair_trios(before, people, Rules(pins=Pins(apart=((one, other),))))
    assert len(after.contradiction) == 2
    assert after.trios == ()


def test_pins_that_leave_no_way_to_mend_are_named_and_nobody_loses_a_seat_silently():
    people = district(9, 1, 6, rules=0)
    before = form_trios(people)
    pinned = before.trios[0].members[:2]
    others = [person.id for person in people if person.id not in pinned]
    pins = Pins(together=(pinned,), apart=tuple((pinned[0], name) for name in others))
    after = repair_trios(before.trios, people, Rules(pins=pins))
    assert after.contradiction[-1].startswith("With the hard rules, no group of this focus")


def test_no_pair_is_kept_where_it_would_spare_nobody(monkeypatch):
    monkeypatch.setattr(repairing, "MOST_MOVED", 0)
    monkeypatch.setattr(repairing, "MOVED_PER_CHANGE", 0)
    people = district(12, 1, 7, rules=0)
    before = form_trios(people)
    first, second = before.trios[0], before.trios[1]
    gone, (one, other) = first.members[0], second.members[:2]
    left = [replace(p, supervisor=other) if p.id == one else p for p in people if p.id != gone]
    # The newcomer supervises everybody but those whose trio has a seat free.
    newcomer = replace(people[0], id="new", supervisor="", not_with=(), wishes=())
    left = [replace(p, supervisor=p.supervisor or ("" if p.id in first.members else "new")) for p in left]
    after = repair_trios(before.trios, [*left, newcomer])
    assert len(after.moved) == 2, "those whom a supervision parts have to move, pair or not"
    assert [len(trio.members) for trio in after.trios] == [3, 3, 3, 3]
    assert not any("go on as a pair" in note for note in after.notes)


def test_in_a_large_competency_the_groups_near_the_present_ones_are_looked_through(monkeypatch):
    people = district(21, 1, 8, rules=0)
    before = form_trios(people)
    gone = {before.trios[0].members[0], before.trios[1].members[0], before.trios[2].members[0]}
    left = [person for person in people if person.id not in gone]
    exact = repair_trios(before.trios, left)
    monkeypatch.setattr(repairing, "ALL_COLUMNS", 10)
    near = repair_trios(before.trios, left)
    assert broken(near, left, Rules(pairs_allowed=True)) == []
    assert len(near.moved) == len(exact.moved)


def test_where_the_solver_runs_out_of_time_the_fresh_trios_stand(monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
    people = district(9, 1, 9, rules=0)
    before = form_trios(people)
    gone = before.trios[0].members[0]
    left = [person for person in people if person.id != gone]
    monkeypatch.setattr(repairing, "best_partition", lambda *given: Answer(None, None))
    after = repair_trios(before.trios, left)
    assert broken(after, left, Rules()) == []
    assert after.unplaced == ()
    assert not after.optimal, "nothing is called proven that nobody looked at"
