"""Calendars as other programs read and write them (RFC 5545, RFC 5546). Pure: no Django, no rows.

`Entry` is one thing in a calendar, `write_invitation` a message about it to one person, `write_feed` a whole
calendar to subscribe to, `busy_spans` what somebody else's calendar says about free time.
"""

from leaderdev.common.calendars.contribution import Contribution
from leaderdev.common.calendars.entry import Entry, Guest, Method
from leaderdev.common.calendars.reading import UnreadableCalendarError, busy_spans
from leaderdev.common.calendars.writing import Feed, write_feed, write_invitation

__all__ = [
    "Contribution",
    "Entry",
    "Feed",
    "Guest",
    "Method",
    "UnreadableCalendarError",
    "busy_spans",
    "write_feed",
    "write_invitation",
]
