"""What is typed with a personal code: a sheet for each time it was entered, beside the person's own answers.

Somebody who types another person's code reads nothing and writes over nothing: the first sending counts, a
later one waits until its owner has signed in and says that it was her.
"""

from __future__ import annotations

from typing import Any

from surveys.models import Response

WRITING, WAITING, COUNTS = "writing", "waiting", "counts"
_GOES_FIRST = (WRITING, WAITING, COUNTS)
# Somebody enters a code once, or a second time after a break; more is a game, and the oldest sheet goes.
MOST_SHEETS = 5


def content(response: Response, sheet: str) -> dict[str, Any]:
    """{"answers", "words", "consent"} of one sheet; empty where nothing is typed on it yet."""
    found = _find(response, sheet)
    return {name: found[name] for name in ("answers", "words", "consent")} if found else {}


def put(response: Response, sheet: str, typed: dict[str, Any]) -> None:
    found = _find(response, sheet)
    if found is not None:
        found.update(typed)
        return
    there = list(response.aside)
    while len(there) >= MOST_SHEETS:
        # The oldest draft first, then the oldest that waits: its owner is asked about the latest alone.
        there.remove(min(there, key=lambda old: _GOES_FIRST.index(old["state"])))
    response.aside = [*there, {"sheet": sheet, "state": WRITING, **typed}]


def may_confirm(response: Response, sheet: str) -> bool:
    """Whether sending this sheet writes over nobody: nothing was sent, or what counts is this very sheet."""
    found = _find(response, sheet)
    return not response.sent or (found is not None and found["state"] == COUNTS)


def mark(response: Response, sheet: str, state: str) -> None:
    found = _find(response, sheet)
    if found is not None:
        found["state"] = state


def outdo(response: Response) -> None:
    """Its owner has sent answers herself: no sheet is what counts any more."""
    response.aside = [sheet for sheet in response.aside if sheet["state"] != COUNTS]


def waiting(response: Response) -> dict[str, Any] | None:
    """The latest sheet that was sent and waits for its owner."""
    return next((sheet for sheet in reversed(response.aside) if sheet["state"] == WAITING), None)


def _find(response: Response, name: str) -> dict[str, Any] | None:
    return next((sheet for sheet in response.aside if sheet["sheet"] == name), None)
