"""The nouns of this app, one a file."""

from leaderdev.accounts.models.calendar_feed import CalendarFeed
from leaderdev.accounts.models.invitation import Invitation
from leaderdev.accounts.models.security_event import SecurityEvent
from leaderdev.accounts.models.user import User, validate_language, validate_time_zone

__all__ = ["CalendarFeed", "Invitation", "SecurityEvent", "User", "validate_language", "validate_time_zone"]
