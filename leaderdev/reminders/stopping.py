"""The signed address with which a mail can be stopped in one click, by a mail program or by a person."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "leaderdev.reminders.stop"


def token_for(person: int, kind: str) -> str:
    """Good for ever: a mail may lie in a folder for years, and stopping it must still work."""
    return signing.dumps([person, kind], salt=_SALT, compress=False)


def read_token(token: str) -> tuple[int, str] | None:
    """(person, kind), or None for an address that was not made here."""
    try:
        person, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(person), str(kind)


def address(person: int, kind: str) -> str:
    return settings.SITE_URL + reverse("reminders:stop", args=[token_for(person, kind)])
