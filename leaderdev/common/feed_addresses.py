"""Addresses of private calendars: whoever has one reads, so nobody must be able to make or guess one.

An address is `<key>-<seal>`. The key stands in the database; the seal is made of it with SECRET_KEY. A copy
of the database therefore opens no calendar, and the page can still show the address as often as it is asked
for (docs/decisions/feeds-are-secrets.md).
"""

from __future__ import annotations

import hmac

from django.utils.crypto import salted_hmac

_SALT = "leaderdev.calendar-feed"
# 160 bits of a SHA-256 seal, as hexadecimal digits: no letter that a phone could change.
_SEAL_DIGITS = 40


def token_of(key: str) -> str:
    return f"{key}-{_seal(key)}"


def key_in(token: str) -> str | None:
    """The key whose seal the token carries, or None; a near miss takes as long as a far one."""
    key, _dash, seal = token.partition("-")
    return key if hmac.compare_digest(seal.encode(), _seal(key).encode()) else None


def _seal(key: str) -> str:
    return salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:_SEAL_DIGITS]
