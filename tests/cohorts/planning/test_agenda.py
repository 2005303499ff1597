"""The running clock and each guard, on both sides of its threshold."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from cohorts.planning.agenda import Item, Rules, challenge_of, clock, over, session_notices, year_notices

NINE = datetime.datetime(2026, 9, 17, 15, tzinfo=datetime.UTC)
LEARN = Item("Learning", 60)
OPERATIONS = Item("Dates", 20, kind="operations")


def guards(items, *, minutes=180, full_day=False, rules=None, groups=()):
    found = session_notices(
        items, minutes=minutes, full_day=full_day, rules=rules or Rules(), group_sizes=groups
    )
    return [notice.guard for notice in found]


def test_the_clock_runs_from_item_to_item():
    slots = clock(NINE, [20, 45])
    assert [(s.starts_at.hour, s.starts_at.minute, s.ends_at.minute) for s in slots] == [
        (15, 0, 20),
        (15, 20, 5),
    ]
    assert clock(NINE, []) == []


def test_how_much_an_agenda_is_too_long():
    assert (over([LEARN, LEARN], 120), over([LEARN, LEARN], 100)) == (0, 20)


def test_a_good_agenda_needs_no_advice():
    guest = Item("Guest", 30, guest="Dr. Hall", goal="See bias", activity="Sort ten cases")
    protocols = [Item("One", 20, protocol="Rounds"), Item("Two", 20, protocol="rounds ")]
    assert guards([LEARN, guest, *protocols, OPERATIONS, Item("Close", 10, kind="review")]) == []


def test_operations_before_learning_and_operations_at_the_end():
    assert guards([OPERATIONS, LEARN]) == ["operations_early"]
    assert guards([LEARN, OPERATIONS]) == []


@pytest.mark.parametrize(
    ("spent", "minutes", "found"),
    [(30, 180, []), (31, 180, ["operations_long"]), (54, 360, []), (55, 360, ["operations_long"])],
)
def test_operations_within_thirty_minutes_or_fifteen_per_cent(spent, minutes, found):
    assert guards([LEARN, replace(OPERATIONS, minutes=spent)], minutes=minutes) == found


def test_protocols_of_half_a_day_and_of_a_full_day():
    three = [Item(name, 20, protocol=name) for name in "abc"]
    four = [*three, Item("d", 20, protocol="d")]
    assert (guards(three), guards(three, full_day=True)) == (["many_protocols"], [])
    assert guards(four, full_day=True) == ["many_protocols"]


@pytest.mark.parametrize(("goal", "activity"), [("", "Sort"), ("See", ""), ("", "")])
def test_a_guest_needs_a_goal_and_an_activity(goal, activity):
    item = Item("Guest", 30, guest="Dr. Hall", goal=goal, activity=activity)
    (notice,) = session_notices([item], minutes=60, full_day=False, rules=Rules())
    assert (notice.guard, notice.facts) == ("guest_without_goal", {"guests": ["Dr. Hall"]})


def test_groups_outside_five_to_seven():
    assert guards([LEARN], groups=[5, 6, 7]) == []
    (notice,) = session_notices([LEARN], minutes=60, full_day=False, rules=Rules(), group_sizes=[4, 8, 6])
    assert notice.facts == {"sizes": [4, 8], "least": 5, "most": 7}


def test_a_cohorts_own_figures_count():
    rules = Rules(operations_minutes=10, operations_percent=5, protocols_half_day=0, group_most=4)
    items = [Item("One", 20, protocol="a"), OPERATIONS]
    assert guards(items, rules=rules, groups=[5]) == ["operations_long", "many_protocols", "group_size"]


def test_one_person_presenting_more_than_a_third_of_the_year():
    year = [[replace(LEARN, lead=who) for who in ("a", "b", "c")], [replace(LEARN, lead="a")]]
    (notice,) = year_notices(year, rules=Rules())
    assert notice.facts == {"lead": "a", "times": 2, "all": 4, "percent": 30}
    # Few items say nothing yet.
    assert year_notices([[replace(LEARN, lead="a")] * 3], rules=Rules()) == []
    even = [[replace(LEARN, lead=who) for who in "abcd"]]
    assert year_notices(even, rules=Rules()) == []


def test_tasks_that_grow_less_demanding():
    def at(*levels):
        return [replace(LEARN, challenge=level) for level in levels]

    assert year_notices([at(1), at(2), at(2, 3)], rules=Rules()) == []
    (notice,) = year_notices([at(1), at(3), [], at(2)], rules=Rules())
    assert (notice.guard, notice.facts) == ("challenge_falls", {"from": 3, "to": 2})
    assert challenge_of([LEARN]) is None
