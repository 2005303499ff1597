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


def is_guid(text: str) -> bool:
    return bool(_GUID.fullmatch(text))


def as_guid(identifier: str) -> str:
    """The identifier itself where CASE accepts it, else a stable one derived from it."""
    lowered = identifier.strip().lower()
    return lowered if is_guid(lowered) else derived("identifier", identifier)


def urn(identifier: str) -> str:
    """An address for something that has none on the web."""
    return f"urn:uuid:{identifier}"
