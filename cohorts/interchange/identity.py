"""Identifiers that stay the same from one import to the next."""

from __future__ import annotations

import re
import uuid

# Fixed for good: a standard read from a file without identifiers gets the same ones on every reading.
NAMESPACE = uuid.UUID("7c0d4f9e-52d1-5b0e-9a53-3d0a6b1f2c84")

# The spelling that CASE 1.1 asks for: lower case, a variant digit of RFC 4122.
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def derived(*parts: str) -> str:
    """A lower-case UUID that depends on the parts alone.

    The parts are joined with a unit separator, so that ("a", "bc") and ("ab", "c") differ.
    """
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


# What CASE 1.0 lets pass; real packages use it for hand-made identifiers.
_LOOSE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def normal(identifier: str) -> str:
    """An identifier as we keep it: lower-case, and strict where the file was lax, always in the same way.

    What is no identifier at all comes back as it was, for the check to name.
    """
    lowered = identifier.strip().lower()
    if _LOOSE.fullmatch(lowered) and not is_guid(lowered):
        return derived("identifier", lowered)
    return lowered if is_guid(lowered) else identifier.strip()


def is_guid(text: str) -> bool:
    return bool(_GUID.fullmatch(text))


def as_guid(identifier: str) -> str:
    """The identifier itself where CASE accepts it, else a stable one derived from it."""
    kept = normal(identifier)
    return kept if is_guid(kept) else derived("identifier", identifier)


def urn(identifier: str) -> str:
    """An address for something that has none on the web."""
    return f"urn:uuid:{identifier}"
