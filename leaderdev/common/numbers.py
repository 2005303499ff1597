"""Whole numbers that a browser or a file sends, read without trusting them."""

from __future__ import annotations

from typing import Any

# More digits than any key, version or place has. Python itself refuses to read some thousands of them.
MOST_DIGITS = 15


def whole(text: Any, *, otherwise: int = 0) -> int:
    """The number; `otherwise` (by default 0, which no key and no version is) where it is none."""
    text = str(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else otherwise
