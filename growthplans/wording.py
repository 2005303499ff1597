"""Values of a plan in words: what a comparison and a conflict page show instead of keys and ISO dates."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from growthplans.models import ActionStep, Reflection
from growthplans.parts import FIELDS
from leaderdev.common.dates import day_in_words

# Words and gaps. Comparing costs the product of both lengths: above this the texts stand side by side.
MOST_WORDS = 3_000


def part_word(part: str) -> str:
    words = {
        "plan": _("The plan"),
        "goal": _("Goal"),
        "step": _("Step"),
        "reflection": _("Reflection"),
        "evidence": _("Evidence"),
    }
    return words[part]


def shown(part: str, field: str, value: Any, nodes: Mapping[int, str] | None = None) -> str:
    """One stored value as people read it; "" for nothing. `nodes` maps keys of the standard to labels."""
    if value in (None, "", []):
        return ""
    if field in ("competency", "indicator", "indicators", "order", "goal"):
        keys = value if isinstance(value, list) else [value]
        return ", ".join((nodes or {}).get(int(key), _("one that was chosen")) for key in keys if key)
    if field == "status":
        return str(dict(ActionStep.Status.choices).get(value, value))
    if field == "stage":
        return str(dict(Reflection.Stage.choices).get(value, value))
    if field in ("due_on", "written_on", "happened_on"):
        try:
            return day_in_words(datetime.date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if field == "released_at":
        return _("released to the readers of the plan")
    return str(value)


def is_long(part: str, field: str) -> bool:
    known = FIELDS.get(part, {}).get(field)
    return known is not None and known.kind == "text"


@dataclass(frozen=True)
class Stretch:
    """`kind` is same, out or into."""

    kind: str
    text: str


def word_by_word(before: str, after: str) -> list[Stretch]:
    """What left and what came between two texts, in reading order; [] when they are too long for it."""
    first, second = (re.findall(r"\S+|\s+", text) for text in (before, after))
    if max(len(first), len(second)) > MOST_WORDS:
        return []
    found = []
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Stretch("same", "".join(first[a:b])))
            continue
        if b > a:
            found.append(Stretch("out", "".join(first[a:b])))
        if d > c:
            found.append(Stretch("into", "".join(second[c:d])))
    return found
