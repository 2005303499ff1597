"""One thing that stands in calendars, and one person who has it there."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass


class Method(enum.StrEnum):
    """What a calendar message asks of the program that receives it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A meeting, a session, a due date or a day without school.

    key: what makes it one and the same for ever (“session-12”); the name of the installation is added.
    title: shown on other people's screens too, so it reveals nothing (“Coaching round 2”).
    starts_at, ends_at: aware instants; or two dates for whole days, the second one not included.
    scope: whose calendars it belongs to (“year-3”, “trio-7”), so that it is found again when it is gone.
    blocks: whether the time is taken; a due date or a holiday takes none.
    sequence, stamped_at: from the ledger (leaderdev.common.calendar_ledger); callers leave them out.
    """

    key: str
    title: str
    starts_at: datetime.datetime | datetime.date
    ends_at: datetime.datetime | datetime.date
    scope: str
    place: str = ""
    note: str = ""
    url: str = ""
    blocks: bool = True
    cancelled: bool = False
    sequence: int = 0
    stamped_at: datetime.datetime | None = None

    @property
    def whole_days(self) -> bool:
        return not isinstance(self.starts_at, datetime.datetime)

    @property
    def moving_parts(self) -> tuple[str, str, str, bool]:
        """What makes it another appointment when it changes: time, place, and whether it takes place."""
        return (_same(self.starts_at), _same(self.ends_at), self.place, self.cancelled)


def _same(value: datetime.datetime | datetime.date) -> str:
    """One spelling for one instant, whatever zone it came in."""
    return (value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value).isoformat()


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who is invited: address, name, own time zone and language.

    accepted: she has said yes here already; her calendar need not ask again.
    """

    email: str
    name: str
    zone: str
    language: str = "en"
    greeting: str = ""
    accepted: bool = False
