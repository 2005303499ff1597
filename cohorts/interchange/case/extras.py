"""What we know and CASE has no field for: 1.1 gives extensions, 1.0 only keywords."""

from __future__ import annotations

from typing import Any

from cohorts.interchange.case.values import Taker
from cohorts.interchange.document import NodeRecord

OURS = "leaderdev"
_FLAGS = {"focus": "focus_selectable", "ratable": "ratable"}


def flags_of(node: NodeRecord, version: str) -> dict[str, Any]:
    """The keys that tell whether a node may be a focus and may be asked about."""
    flags = {name: getattr(node, attribute) for name, attribute in _FLAGS.items()}
    if version == "1.1":
        return {"extensions": {OURS: flags}}
    return {"conceptKeywords": [f"{OURS}:{name}={'yes' if on else 'no'}" for name, on in flags.items()]}


def flags_in(taker: Taker) -> dict[str, bool]:
    """The flags of an item by name; empty for an item that another system wrote."""
    ours = _ours(taker)
    flags = {name: ours[name] for name in _FLAGS if isinstance(ours.get(name), bool)}
    for word in taker.words("conceptKeywords"):
        name, _, value = word.removeprefix(f"{OURS}:").partition("=")
        if word.startswith(OURS) and name in _FLAGS:
            flags[name] = value == "yes"
    return flags


def jurisdiction_of(jurisdiction: str, version: str) -> dict[str, Any]:
    return {"extensions": {OURS: {"jurisdiction": jurisdiction}}} if version == "1.1" else {}


def jurisdiction_in(header: Taker) -> str | None:
    """The jurisdiction, None where the file cannot say."""
    value = _ours(header).get("jurisdiction")
    return value if isinstance(value, str) else None


def _ours(taker: Taker) -> dict[str, Any]:
    extensions = taker.source.get("extensions")
    ours = extensions.get(OURS) if isinstance(extensions, dict) else None
    return ours if isinstance(ours, dict) else {}
