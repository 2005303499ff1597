"""What one app puts into calendars."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaderdev.common.calendars.entry import Entry


@dataclass(frozen=True)
class Contribution:
    """Entries, and every scope they were looked for in.

    All that a scope has to come must be among the entries: what was told earlier and is missing now counts as
    cancelled (leaderdev.common.calendar_ledger.cancelled_in).
    """

    entries: list[Entry] = field(default_factory=list)
    scopes: frozenset[str] = frozenset()
