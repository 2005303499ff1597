"""Replays small changes backward and forward to show any earlier state of a plan. No Django, no rows.

A state maps a part, such as ("goal", 12), to its fields. The plan and each goal also hold "order": the keys
of their goals or steps from top to bottom. A change is inverted by swapping its `before` and `after`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

Part = tuple[str, int]
State = dict[Part, dict[str, Any]]
ORDER = "order"
# Below this a text is stored whole: a row that can be read beats a few saved bytes.
WHOLE_TEXT = 80


class Change(Protocol):
    """One stored revision (growthplans.models.Revision has these attributes)."""

    kind: str
    part: str
    part_id: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """One part that differs between two states; `fields` maps a field to its earlier and its later value.

    `kind` is "changed", "added" or "removed"; an added or removed part lists all its fields.
    """

    part: str
    part_id: int
    kind: str
    fields: dict[str, tuple[Any, Any]]


def delta(before: Any, after: Any) -> tuple[Any, Any]:
    """What to store of a change. Of a long text only the stretch that differs: an autosave is a small row.

    Such a stretch is {"at": position in characters, "text": what stood or stands there}.
    """
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) < WHOLE_TEXT:
        return before, after
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    cut = [{"at": start, "text": text[start : len(text) - end]} for text in (before, after)]
    return cut[0], cut[1]


def patched(value: Any, out: Any, into: Any) -> Any:
    """`value` with the stored side `out` replaced by the stored side `into`."""
    if isinstance(out, dict) and isinstance(into, dict):
        at = into["at"]
        return value[:at] + into["text"] + value[at + len(out["text"]) :]
    return into


def undone(state: State, changes: Iterable[Change]) -> State:
    """The state before `changes`, which are given latest first. `state` itself stays as it is."""
    found = copy.deepcopy(state)
    for change in changes:
        _apply(found, change, change.after, change.before, backward=True)
    return found


def redone(state: State, changes: Iterable[Change]) -> State:
    """The state after `changes`, which are given earliest first."""
    found = copy.deepcopy(state)
    for change in changes:
        _apply(found, change, change.before, change.after, backward=False)
    return found


def _apply(state: State, change: Change, out: Any, into: Any, *, backward: bool) -> None:
    part = (change.part, change.part_id)
    kind = change.kind
    if backward:
        kind = {"added": "removed", "removed": "added"}.get(kind, kind)
    if kind == "added":
        _put(state, part, into)
    elif kind == "removed":
        _take(state, part, out)
    elif kind == "moved":
        # Part and key name what was moved; the order belongs to what holds it.
        state[_holder(into)][ORDER] = list(into["order"])
    else:
        state[part][change.field] = patched(state[part].get(change.field), out, into)


def _holder(stored: dict[str, Any]) -> Part:
    """The part that lists this one from top to bottom, as it stands in what was stored."""
    name, key = stored["in"]
    return name, key


def _put(state: State, part: Part, stored: dict[str, Any]) -> None:
    state[part] = copy.deepcopy(stored["fields"])
    if "in" in stored:
        state[_holder(stored)][ORDER].insert(stored["at"], part[1])


def _take(state: State, part: Part, stored: dict[str, Any]) -> None:
    del state[part]
    if "in" in stored:
        state[_holder(stored)][ORDER].remove(part[1])


def in_plan(state: State) -> Iterator[Part]:
    """The parts that a reader would see, top to bottom: a step of a removed goal is not among them."""
    plan = next(part for part in state if part[0] == "plan")
    yield plan
    for goal in state[plan][ORDER]:
        yield "goal", goal
        for step in state["goal", goal][ORDER]:
            yield "step", step
    yield from sorted(part for part in state if part[0] in ("reflection", "evidence"))


def compare(earlier: State, later: State) -> list[Difference]:
    """Part by part what differs: first what stands in the later state, top to bottom, then what is gone."""
    found = []
    here, there = list(in_plan(later)), list(in_plan(earlier))
    for part in here:
        if part not in set(there):
            found.append(_difference(part, "added", {}, later[part]))
        elif earlier[part] != later[part]:
            found.append(_difference(part, "changed", earlier[part], later[part]))
    gone = [part for part in there if part not in set(here)]
    found += [_difference(part, "removed", earlier[part], {}) for part in gone]
    return [each for each in found if each.fields or each.kind != "changed"]


def _difference(part: Part, kind: str, earlier: dict[str, Any], later: dict[str, Any]) -> Difference:
    names = dict.fromkeys([*later, *earlier])
    values = {name: (earlier.get(name), later.get(name)) for name in names}
    fields = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    return Difference(part=part[0], part_id=part[1], kind=kind, fields=_order_once(fields, earlier, later))


def _order_once(
    fields: dict[str, tuple[Any, Any]], earlier: dict[str, Any], later: dict[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """Leave out an order that differs only because something was added or removed: that is told by itself."""
    if ORDER not in fields:
        return fields
    first, second = earlier.get(ORDER) or [], later.get(ORDER) or []
    same = [key for key in first if key in second] == [key for key in second if key in first]
    return {name: pair for name, pair in fields.items() if name != ORDER} if same else fields
