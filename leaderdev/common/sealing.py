"""Sealing private words: what the database holds of them can be read with a key that it does not hold.

Fernet of the library `cryptography`: AES-128 in CBC mode and an HMAC, so that a changed text is noticed. The
first of SEALING_KEYS writes, all of them read (docs/decisions/private-words-are-sealed.md).
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBrokenError(Exception):
    """No key opens this text: the key that wrote it is missing, or the text was changed. Never quotes it."""

    def __init__(self) -> None:
        super().__init__("A sealed text cannot be opened. Is the key that wrote it still in SEALING_KEYS?")


def local_key(mode: str) -> str:
    """The key of a demo, a test or a development machine: the same for everybody, so it protects nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"only-for-{mode}-not-secret".encode()).digest()).decode()


def is_key(text: str) -> bool:
    """Whether the text is a key: 32 bytes in URL-safe base64."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def seal(text: str) -> str:
    """The sealed text; an empty one stays empty, because that nothing was written is no secret."""
    return _ring().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises SealBrokenError."""
    if not sealed:
        return ""
    try:
        return _ring().decrypt(sealed).decode()
    except InvalidToken:
        raise SealBrokenError from None


def sealed_by_first_key(sealed: str) -> bool:
    """Whether the key that writes now is the one that wrote this text."""
    try:
        Fernet(settings.SEALING_KEYS[0]).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def sealed_again(sealed: str) -> str:
    """The same words under the first key. Raises SealBrokenError."""
    return seal(unseal(sealed))


def _ring() -> MultiFernet:
    return _ring_of(tuple(settings.SEALING_KEYS))


@lru_cache(maxsize=8)
def _ring_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
