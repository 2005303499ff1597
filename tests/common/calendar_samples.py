"""Entries for tests, and reading what was written with another library than the one that wrote it."""

from __future__ import annotations

import datetime
import warnings
from typing import Any

from leaderdev.common.calendars import Entry, Guest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

NOW = datetime.datetime(2026, 10, 20, 15, 30, tzinfo=datetime.UTC)


def make_entry(**given: Any) -> Entry:
    values: dict[str, Any] = {
        "key": "session-12",
        "title": "Learning session 3",
        "starts_at": datetime.datetime(2026, 11, 19, 16, tzinfo=datetime.UTC),
        "ends_at": datetime.datetime(2026, 11, 19, 19, tzinfo=datetime.UTC),
        "scope": "year-1",
        "place": "Library; room 2, École Larkspur",
        "url": "https://leaders.example.ca/sessions/12/",
        "stamped_at": NOW,
    }
    return Entry(**{**values, **given})


def make_guest(name: str = "Ana", **given: Any) -> Guest:
    values = {"email": f"{name.lower()}@example.ca", "name": f"{name} Person", "zone": "America/Edmonton"}
    return Guest(**{**values, **given})


def read(content: bytes | str) -> Any:
    """The calendar as vobject understands it; strict about what RFC 5545 demands of the bytes."""
    text = content.decode() if isinstance(content, bytes) else content
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    _forget_zones()
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return calendar


def _forget_zones() -> None:
    """vobject keeps the first description of a zone that it ever saw; each text shall stand for itself."""
    zones = vars(vobject.icalendar)["__tzidMap"]
    for name in set(zones) - {"UTC"}:
        del zones[name]
