"""Revisions and differences as the history pages show them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import StandardNode
from growthplans.history import Difference, State
from growthplans.models import ActionStep, Evidence, Goal, GrowthPlan, Revision
from growthplans.parts import MODELS
from growthplans.wording import Stretch, is_long, part_word, shown, word_by_word

# Saves of one box within this time are one line: people remember the sitting, not the keystrokes.
ONE_SITTING = datetime.timedelta(minutes=20)
# Enough of a text to tell which goal or step is meant.
NAME_LENGTH = 60
Names = Mapping[tuple[str, int], str]
_NAMES = {"goal": "statement", "step": "what", "evidence": "title"}


@dataclass
class Line:
    """One line of the history. `number` is the last revision in it, `first` the one before its first."""

    number: int
    first: int
    at: datetime.datetime
    by: str
    text: str


def field_word(part: str, field: str) -> str:
    if field == "order":
        return _("order")
    return str(MODELS[part]._meta.get_field(field).verbose_name)


def names_of(plan: GrowthPlan) -> Names:
    """What the plan's parts are called, also those that were taken out: three queries."""
    models: dict[str, Any] = {
        "goal": Goal.with_removed.filter(plan=plan),
        "step": ActionStep.with_removed.filter(goal__plan=plan),
        "evidence": Evidence.with_removed.filter(plan=plan),
    }
    return {
        (part, pk): str(name)
        for part, rows in models.items()
        for pk, name in rows.values_list("pk", _NAMES[part])
    }


def lines_of(rows: Sequence[Revision], names: Names) -> list[Line]:
    """Lines for revisions that are given latest first; `names` as names_of gives them."""
    lines: list[Line] = []
    key: Any = None
    for row in rows:
        mine = (row.kind, row.part, row.part_id, row.field, row.by_id)
        if lines and row.kind == "changed" and mine == key and lines[-1].at - row.at < ONE_SITTING:
            lines[-1].first = row.number - 1
            continue
        key = mine
        lines.append(Line(row.number, row.number - 1, row.at, str(row.by), _sentence(row, names)))
    return lines


def _sentence(row: Revision, names: Names) -> str:
    part = _named(row.part, names.get((row.part, row.part_id), ""))
    if row.kind == "changed":
        if row.field == "status":
            words = {"part": part, "status": shown(row.part, row.field, row.after)}
            return _("%(part)s: now %(status)s") % words
        return _("%(part)s: %(field)s") % {"part": part, "field": field_word(row.part, row.field)}
    words = {
        "added": _("%(part)s: added"),
        "removed": _("%(part)s: taken out"),
        "moved": _("%(part)s: moved"),
    }
    return words[row.kind] % {"part": part}


def _named(part: str, name: str) -> str:
    """ "Step “Visit three classrooms…”": the word for the part, and enough of its text to know which."""
    name = " ".join(name.split())
    if len(name) > NAME_LENGTH:
        name = f"{name[:NAME_LENGTH].rstrip()}…"
    return _("%(part)s “%(name)s”") % {"part": part_word(part), "name": name} if name else part_word(part)


@dataclass(frozen=True)
class ComparedField:
    label: str
    before: str
    after: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class ComparedPart:
    part: str
    part_id: int
    kind: str
    title: str
    fields: list[ComparedField]


def compared_parts(found: list[Difference], earlier: State, later: State) -> list[ComparedPart]:
    nodes = _labels(found)
    return [
        ComparedPart(
            part=each.part,
            part_id=each.part_id,
            kind=each.kind,
            title=_title(each, earlier, later),
            fields=_fields(each, nodes, {**earlier, **later}),
        )
        for each in found
    ]


def _title(one: Difference, earlier: State, later: State) -> str:
    values = later.get((one.part, one.part_id)) or earlier[one.part, one.part_id]
    name = str(values.get(_NAMES.get(one.part, ""), "") or "").strip()
    if len(name) > NAME_LENGTH:
        name = f"{name[:NAME_LENGTH].rstrip()}…"
    return f"{part_word(one.part)}: {name}" if name else part_word(one.part)


def _fields(one: Difference, nodes: dict[int, str], state: State) -> list[ComparedField]:
    found = []
    for name, (before, after) in one.fields.items():
        labels = nodes
        if name in ("order", "goal"):
            below = "step" if one.part == "goal" and name == "order" else "goal"
            labels = {
                part[1]: str(values.get(_NAMES[below], "")) or _("without words")
                for part, values in state.items()
                if part[0] == below
            }
        first, second = shown(one.part, name, before, labels), shown(one.part, name, after, labels)
        if first == second or (one.kind != "changed" and name in ("goal", "order")):
            continue
        stretches = word_by_word(first, second) if is_long(one.part, name) and first and second else []
        found.append(ComparedField(field_word(one.part, name), first, second, stretches))
    return found


def _labels(found: list[Difference]) -> dict[int, str]:
    """Labels of every competency and indicator that is named in the differences, in one query."""
    keys: set[int] = set()
    for each in found:
        for name in ("competency", "indicators", "indicator"):
            for value in each.fields.get(name, ()):
                keys.update(value if isinstance(value, list) else [value] if value else [])
    return {node.pk: node.coded_label for node in StandardNode.objects.filter(pk__in=keys)}
