"""Coarse facts about whoever answers, as they are kept with the answers. Pure.

Coarse on purpose: with a title and a school a reader would know who it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

DIVISION = ("superintendent", "assistant_superintendent", "director", "consultant")
# The lowest and highest grade of each level; kindergarten is 0.
ELEMENTARY, MIDDLE, HIGH = range(7), range(7, 10), range(10, 13)


@dataclass(frozen=True)
class Facts:
    """`focus` is the pk of a competency or None; `changed` is None where nobody can know."""

    focus: int | None = None
    changed: bool | None = None
    role_group: str = ""
    school_level: str = ""


def role_group_of(role_kind: str) -> str:
    if role_kind in DIVISION:
        return "division"
    return {"principal": "principal", "assistant_principal": "assistant"}.get(role_kind, "other")


def school_level_of(kind: str, grades: str) -> str:
    """From “K–6” or “7-12”: the level all grades lie in, "all" for several, "" for what cannot be read."""
    if kind == "central_office":
        return "office"
    found = [0 if part.upper() == "K" else int(part) for part in re.findall(r"\d+|[Kk]\b", grades)]
    if not found:
        return ""
    low, high = min(found), max(found)
    for name, span in (("elementary", ELEMENTARY), ("middle", MIDDLE), ("high", HIGH)):
        if low in span and high in span:
            return name
    return "all"


# What is given up first when a group is too small to be told.
BLANKED_FIRST = ("school_level", "role_group", "changed", "focus")
_BLANK = {"school_level": "", "role_group": "", "changed": None, "focus": None}


def without(facts: Facts, name: str) -> Facts:
    """The facts with one of them blanked."""
    return replace(facts, **{name: _BLANK[name]})
