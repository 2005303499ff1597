"""Which new group carries on which old one: where most of it sits, as moves are counted."""

from __future__ import annotations

from collections.abc import Sequence


def continuing(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> dict[int, int]:
    """New group → old group. Each old group goes on once at most; ties go to the earlier."""
    shared = [
        (-len(set(old) & set(new)), o, n)
        for o, old in enumerate(before)
        for n, new in enumerate(after)
        if set(old) & set(new)
    ]
    found: dict[int, int] = {}
    for _, o, n in sorted(shared):
        if n not in found and o not in found.values():
            found[n] = o
    return found
