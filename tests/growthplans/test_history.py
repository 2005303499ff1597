"""Replaying changes: any sequence can be undone and done again, and a comparison names each part once."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from growthplans.history import Difference, compare, delta, patched, redone, undone

WORDS = st.text(alphabet="ab \né👩", max_size=240)


@dataclass(frozen=True)
class Change:
    kind: str
    part: str
    part_id: int
    field: str = ""
    before: Any = None
    after: Any = None


def started():
    return {("plan", 1): {"rationale": "", "order": []}}


def typed(state, data):
    part = data.draw(st.sampled_from(sorted(state)))
    field = {"plan": "rationale", "goal": "statement", "step": "what", "reflection": "text"}[part[0]]
    before, after = delta(state[part][field], data.draw(WORDS))
    return Change("changed", *part, field, before, after)


def added(state, data):
    key = 1 + max((number for _name, number in state), default=0)
    goals = [part for part in state if part[0] == "goal"]
    kind = data.draw(st.sampled_from(["goal", "reflection", *(["step"] if goals else [])]))
    if kind == "reflection":
        return Change("added", kind, key, after={"fields": {"text": ""}})
    holder = ("plan", 1) if kind == "goal" else data.draw(st.sampled_from(goals))
    at = data.draw(st.integers(0, len(state[holder]["order"])))
    fields = {"goal": {"statement": "", "order": []}, "step": {"what": ""}}[kind]
    return Change("added", kind, key, after={"fields": fields, "in": list(holder), "at": at})


def listed(state):
    """(holder, kind, key) of everything that some part lists."""
    return [
        (holder, "goal" if holder[0] == "plan" else "step", key)
        for holder in sorted(state)
        for key in state[holder].get("order", [])
    ]


def removed(state, data):
    holder, kind, key = data.draw(st.sampled_from(listed(state)))
    at = state[holder]["order"].index(key)
    stored = {"fields": copy.deepcopy(state[kind, key]), "in": list(holder), "at": at}
    return Change("removed", kind, key, before=stored)


def moved(state, data):
    holder, kind, key = data.draw(st.sampled_from(listed(state)))
    before = list(state[holder]["order"])
    after = data.draw(st.permutations(before))
    return Change(
        "moved",
        kind,
        key,
        before={"in": list(holder), "order": before},
        after={"in": list(holder), "order": list(after)},
    )


@given(st.data())
def test_undoing_all_and_doing_it_again_gives_the_same(data):
    states, changes = [started()], []
    for _ in range(data.draw(st.integers(1, 15))):
        ways = [typed, added, *([removed, moved] if listed(states[-1]) else [])]
        changes.append(data.draw(st.sampled_from(ways))(states[-1], data))
        states.append(redone(states[-1], changes[-1:]))
    for number, state in enumerate(states):
        later = changes[number:]
        assert undone(states[-1], reversed(later)) == state
        assert redone(state, later) == states[-1]


@given(WORDS, WORDS)
def test_what_is_stored_of_a_change_leads_both_ways(before, after):
    out, into = delta(before, after)
    assert patched(before, out, into) == after
    assert patched(after, into, out) == before


def test_of_a_long_text_only_the_stretch_that_differs_is_stored():
    text = "a" * 50 + "b" * 50
    assert delta(text, "a" * 50 + "new" + "b" * 50) == ({"at": 50, "text": ""}, {"at": 50, "text": "new"})
    assert delta(None, "2026-10-12") == (None, "2026-10-12")


def state(goals, **others):
    found = {("plan", 1): {"rationale": others.pop("rationale", ""), "order": list(goals)}}
    for key, (statement, steps) in goals.items():
        found["goal", key] = {"statement": statement, "order": list(steps)}
        found.update({("step", step): {"what": what} for step, what in steps.items()})
    return found


def test_a_comparison_names_what_changed_came_and_went_from_top_to_bottom():
    earlier = state({2: ("Listen", {5: "Visit"}), 3: ("Read", {})})
    later = state({4: ("Ask", {}), 2: ("Listen more", {5: "Visit", 6: "Talk"})}, rationale="Because")
    assert compare(earlier, later) == [
        Difference("plan", 1, "changed", {"rationale": ("", "Because")}),
        Difference("goal", 4, "added", {"statement": (None, "Ask")}),
        Difference("goal", 2, "changed", {"statement": ("Listen", "Listen more")}),
        Difference("step", 6, "added", {"what": (None, "Talk")}),
        Difference("goal", 3, "removed", {"statement": ("Read", None)}),
    ]


def test_another_order_is_a_difference_of_its_own():
    earlier, later = state({2: ("A", {}), 3: ("B", {})}), state({3: ("B", {}), 2: ("A", {})})
    assert compare(earlier, later) == [Difference("plan", 1, "changed", {"order": ([2, 3], [3, 2])})]
    assert compare(later, later) == []


def test_steps_of_a_removed_goal_are_not_in_the_plan():
    earlier = state({2: ("Listen", {5: "Visit"})})
    later = copy.deepcopy(earlier)
    later["plan", 1]["order"] = []
    del later["goal", 2]
    assert [(each.kind, each.part, each.part_id) for each in compare(earlier, later)] == [
        ("removed", "goal", 2),
        ("removed", "step", 5),
    ]
