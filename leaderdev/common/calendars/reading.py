"""What somebody else's calendar says about when they are busy. Titles, places and people are not read."""

from __future__ import annotations

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

# More than a calendar of one person has in a year; an hourly recurring event alone makes 8,760.
MOST_EVENTS = 10_000
# Nobody meets so often, and stepping through such a series since 1970 would hold a worker for hours.
_ENDLESS = re.compile(rb"FREQ=(SECONDLY|MINUTELY|HOURLY)", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")


class UnreadableCalendarError(Exception):
    """No calendar, or one that no person keeps; `code` says which ("no_calendar", "too_many")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def busy_spans(
    content: bytes, *, zone: str, start: datetime.datetime, end: datetime.datetime
) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """Busy times between two aware instants, as UTC pairs, recurring events included; sorted.

    Left out: what is cancelled, marked as free (TRANSP), or tentative without blocking; whole days marked as
    busy count from midnight to midnight in `zone`. Raises UnreadableCalendarError.
    """
    # Imported here: a web process that reads no calendar does not carry them.
    import icalendar
    import recurring_ical_events

    content = _FOLD.sub(b"", content)
    if content.count(b"BEGIN:VEVENT") > MOST_EVENTS or _ENDLESS.search(content):
        raise UnreadableCalendarError("too_many")
    try:
        calendar = icalendar.Calendar.from_ical(content)
        # One event without a beginning would make the whole calendar unreadable; it takes nobody's time.
        calendar.subcomponents = [part for part in calendar.subcomponents if _begins(part)]
        query = recurring_ical_events.of(calendar, skip_bad_series=True, components=["VEVENT"])
        found = []
        for event in query.after(start):
            span = _span(event, ZoneInfo(zone))
            if span[0] >= end:
                break
            if _takes_time(event) and span[1] > start:
                found.append((max(span[0], start), min(span[1], end)))
            if len(found) > MOST_EVENTS:
                raise UnreadableCalendarError("too_many")
    except UnreadableCalendarError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        # Whatever a foreign program wrote: to the person it is one and the same, a file we cannot read.
        raise UnreadableCalendarError("no_calendar") from error
    return sorted(span for span in found if span[0] < span[1])


def _takes_time(event: Any) -> bool:
    return (
        str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT"
    )


def _begins(part: Any) -> bool:
    return part.name != "VEVENT" or "DTSTART" in part


def _span(event: Any, zone: ZoneInfo) -> tuple[datetime.datetime, datetime.datetime]:
    return _instant(event.start, zone), _instant(event.end, zone)


def _instant(value: datetime.datetime | datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """Floating times and whole days are meant on the person's own clock."""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(datetime.UTC)
