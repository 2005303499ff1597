"""When check-ins fall in a program year unless its leads say otherwise. No Django, no rows."""

from __future__ import annotations

import datetime

# Shares of the year: once plans have been talked about, half-way, and before June fills up.
SHARES = {"beginning": 0.2, "middle": 0.5, "end": 0.9}


def usual_dates(starts_on: datetime.date, ends_on: datetime.date) -> dict[str, datetime.date]:
    """Kind → the last day by which it is held, a weekday within the year."""
    days = (ends_on - starts_on).days
    return {
        kind: _weekday(starts_on + datetime.timedelta(days=int(days * share)))
        for kind, share in SHARES.items()
    }


def _weekday(day: datetime.date) -> datetime.date:
    """The day itself, or the Friday before a weekend."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))
