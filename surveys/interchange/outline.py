"""An instrument as plain values: what every format is read into and written from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

KINDS = ("statement", "then", "open")
ASKED = ("every", "pre", "post")
CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
MOST_ITEMS, MOST_LEVELS, MOST_TEXT = 300, 9, 1000


class UnreadableError(Exception):
    """The file is no instrument. `problems` are sentences, with the row where one is known."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class ItemOutline:
    """`node` is the code of a competency or indicator, `texts` {language: wording} of translations."""

    code: str
    text: str
    kind: str = "statement"
    asked_in: str = "every"
    help_text: str = ""
    scale: str = ""
    node: str = ""
    reverse_keyed: bool = False
    looks_back_at: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionOutline:
    title: str
    intro: str = ""
    items: tuple[ItemOutline, ...] = ()


@dataclass(frozen=True)
class Outline:
    """`scales` are {name: labels from the lowest level}."""

    title: str
    slug: str
    sections: tuple[SectionOutline, ...]
    scales: dict[str, tuple[str, ...]]
    kind: str = "other"
    language: str = "en"
    purpose: str = ""
    consent_text: str = ""
    thanks: str = ""

    @property
    def items(self) -> list[ItemOutline]:
        return [item for section in self.sections for item in section.items]


def from_json(text: str) -> Outline:
    """The format of our own library (surveys/data). Raises UnreadableError."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise UnreadableError([f"This is no JSON: {error}."]) from error
    scales = {name: tuple(labels) for name, labels in told["scales"].items()}
    only = next(iter(scales), "")
    sections = tuple(
        SectionOutline(
            title=part["title"],
            intro=part.get("intro", ""),
            items=tuple(_item(row, only) for row in part["items"]),
        )
        for part in told["sections"]
    )
    names = ("kind", "language", "purpose", "consent_text", "thanks")
    more = {name: told[name] for name in names if name in told}
    return checked(Outline(told["title"], told["slug"], sections, scales, **more))


def _item(row: dict[str, Any], scale: str) -> ItemOutline:
    is_open = row.get("kind") == "open"
    return ItemOutline(**{"scale": "" if is_open else scale, **row})


def checked(outline: Outline) -> Outline:
    """The outline, if it can be stored. Raises UnreadableError with a sentence for each thing to mend."""
    problems = [
        f"Scale “{name}” needs two to nine levels."
        for name, labels in outline.scales.items()
        if not 2 <= len(labels) <= MOST_LEVELS
    ]
    if not outline.items:
        problems.append("There is no item in it.")
    if len(outline.items) > MOST_ITEMS:
        problems.append(f"There are more than {MOST_ITEMS} items in it.")
    codes: set[str] = set()
    for item in outline.items:
        problems += _problems_of(item, outline, codes)
        codes.add(item.code.lower())
    if problems:
        raise UnreadableError(problems)
    return outline


def _problems_of(item: ItemOutline, outline: Outline, before: set[str]) -> list[str]:
    found = []
    name = f"Item “{item.code}”"
    if not CODE.fullmatch(item.code):
        found.append(f"{name}: a number is one to twenty letters, digits, hyphens or underscores.")
    if item.code.lower() in before:
        found.append(f"{name} stands in it twice.")
    if not item.text.strip() or len(item.text) > MOST_TEXT:
        found.append(f"{name}: give a wording of at most {MOST_TEXT} letters.")
    if item.kind not in KINDS or item.asked_in not in ASKED:
        found.append(f"{name}: the kind is statement, then or open; asked is every, pre or post.")
    if item.kind != "open" and item.scale not in outline.scales:
        found.append(f"{name}: there is no scale “{item.scale}”.")
    if item.kind == "then" and item.looks_back_at.lower() not in before:
        found.append(f"{name}: it looks back at “{item.looks_back_at}”, which does not stand before it.")
    return found
