"""Codes shown in the room. They change every few minutes, so that one sent around is of no use for long."""

from __future__ import annotations

import datetime
import enum
import hashlib
import hmac

# Read from a screen and typed on a phone: no letter that looks like another or like a digit.
ALPHABET = "BCDFGHJKMNPQRTVWXY"
LENGTH = 6
WINDOW = datetime.timedelta(minutes=3)
# The one shown before is taken too: somebody may be typing while it changes.
GRACE_WINDOWS = 1
# How far back a code is recognized as an old one: a day and a half of meeting and coming home.
OLD_WINDOWS = 12 * 20


class Match(enum.Enum):
    NOW = "now"
    OLD = "old"
    WRONG = "wrong"


def window_of(instant: datetime.datetime) -> int:
    """The number of the time window an aware instant lies in."""
    return int(instant.timestamp() // WINDOW.total_seconds())


def changes_at(instant: datetime.datetime) -> datetime.datetime:
    """When the code that is shown at an instant gives way to the next."""
    seconds = (window_of(instant) + 1) * WINDOW.total_seconds()
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)


def code_at(secret: bytes, session: int, move: str, window: int) -> str:
    """Six letters for one session, one move ("arrive", "leave") and one time window."""
    digest = hmac.new(secret, f"{session}:{move}:{window}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)


def tidy(typed: str) -> str:
    """What was meant: case, spaces and dashes are nobody's mistake."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def match(secret: bytes, session: int, move: str, typed: str, instant: datetime.datetime) -> Match:
    """Whether a code is the present one, an earlier one of the same session, or none of it."""
    now, meant = window_of(instant), tidy(typed)
    for back in range(OLD_WINDOWS):
        if hmac.compare_digest(code_at(secret, session, move, now - back), meant):
            return Match.NOW if back <= GRACE_WINDOWS else Match.OLD
    return Match.WRONG
