"""The standards that ship with the product: one JSON file each in cohorts/data/standards.

The files are our own short form, because a person has to be able to review them: nested nodes with
a code each. Identifiers are derived from slug, version and code, so that they never change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cohorts.interchange.checking import accept
from cohorts.interchange.document import (
    LinkRecord,
    NodeRecord,
    ScaleLevel,
    StandardDocument,
    focus_by_kind,
    ratable_by_kind,
)
from cohorts.interchange.identity import derived

FOLDER = Path(__file__).resolve().parent.parent / "data" / "standards"
HEADER = (
    "title",
    "issuer",
    "jurisdiction",
    "version",
    "language",
    "license",
    "license_url",
    "source_url",
    "note",
)


@dataclass(frozen=True)
class Shipped:
    slug: str
    document: StandardDocument


@cache
def library() -> tuple[Shipped, ...]:
    """All shipped standards, by title. Read once: the files change only with a new release."""
    found = [shipped(json.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.json")]
    return tuple(sorted(found, key=lambda one: one.document.title))


def from_library(slug: str) -> StandardDocument | None:
    """The shipped standard of that slug, None where there is none."""
    return next((one.document for one in library() if one.slug == slug), None)


def shipped(source: dict[str, Any]) -> Shipped:
    """One file's content as a checked document. Raises StandardRefused, or KeyError for a missing key."""
    slug = source["slug"]
    identity = (slug, source["version"])
    scale = source.get("scale", {"name": "", "levels": []})
    nodes: list[NodeRecord] = []
    _gather(source["nodes"], "", identity, nodes)
    links = tuple(
        LinkRecord(
            derived(*identity, one["from"]), derived(*identity, one["to"]), one["kind"], one.get("group", "")
        )
        for one in source.get("links", [])
    )
    document = StandardDocument(
        identifier=derived(*identity),
        scale_name=scale["name"],
        levels=tuple(ScaleLevel(value, label) for value, label in enumerate(scale["levels"], start=1)),
        nodes=tuple(nodes),
        links=links,
        **{name: source[name] for name in HEADER},
    )
    return Shipped(slug, accept(document, []))


def _gather(
    sources: list[dict[str, Any]], parent: str, identity: tuple[str, str], nodes: list[NodeRecord]
) -> None:
    for source in sources:
        kind = source["kind"]
        node = NodeRecord(
            identifier=derived(*identity, source["code"]),
            kind=kind,
            label=source["label"],
            code=source["code"],
            summary=source.get("summary", ""),
            parent=parent,
            position=len(nodes),
            focus_selectable=source.get("focus", focus_by_kind(kind)),
            ratable=source.get("ratable", ratable_by_kind(kind)),
        )
        nodes.append(node)
        _gather(source.get("nodes", []), node.identifier, identity, nodes)
