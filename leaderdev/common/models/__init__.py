"""Rows of the machinery: mail on its way, the demo's mailbox, the clock's sign of life, the shared cache."""

from leaderdev.common.models.cache import CacheEntry
from leaderdev.common.models.calendar_item import CalendarGuest, CalendarItem
from leaderdev.common.models.clock import ClockTick
from leaderdev.common.models.mailbox import MailboxMessage
from leaderdev.common.models.outgoing import OutgoingMail

__all__ = ["CacheEntry", "CalendarGuest", "CalendarItem", "ClockTick", "MailboxMessage", "OutgoingMail"]
