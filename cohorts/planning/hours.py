"""From stays in the room to minutes, and who came late or left early."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

# Parking and coffee: within this nobody was late, and nobody left early.
GRACE = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Stay:
    """From when to when; `left` None means until the end."""

    arrived: datetime.datetime
    left: datetime.datetime | None = None


@dataclass(frozen=True)
class Presence:
    """Minutes in the room; minutes late and early are 0 within the grace."""

    minutes: int
    late: int
    early: int


def presence(
    stays: Sequence[Stay], starts_at: datetime.datetime, ends_at: datetime.datetime
) -> Presence | None:
    """What one person attended of one session; None for somebody who was not there at all.

    Only time within the session counts. Stays that overlap (a tick beside a code) count once.
    """
    spans = sorted(
        (max(stay.arrived, starts_at), min(stay.left or ends_at, ends_at))
        for stay in stays
        if stay.arrived < ends_at and (stay.left or ends_at) > starts_at
    )
    if not spans:
        return None
    total, until = datetime.timedelta(), starts_at
    for begin, end in spans:
        total += max(datetime.timedelta(), end - max(begin, until))
        until = max(until, end)
    late, early = spans[0][0] - starts_at, ends_at - until
    return Presence(_minutes(total), _beyond(late), _beyond(early))


def _minutes(span: datetime.timedelta) -> int:
    return int(span.total_seconds() // 60)


def _beyond(span: datetime.timedelta) -> int:
    return _minutes(span) if span > GRACE else 0


def in_hours(minutes: int) -> str:
    """Hours to the quarter, rounded down, without a needless zero: 195 → "3.25"."""
    quarters = minutes // 15
    return f"{quarters / 4:.2f}".rstrip("0").rstrip(".")
