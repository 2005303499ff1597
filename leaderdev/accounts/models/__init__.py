"""The nouns of this app, one a file."""

from leaderdev.accounts.models.invitation import Invitation
from leaderdev.accounts.models.security_event import SecurityEvent
from leaderdev.accounts.models.user import User, validate_language, validate_time_zone

__all__ = ["Invitation", "SecurityEvent", "User", "validate_language", "validate_time_zone"]
