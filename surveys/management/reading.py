"""A file that somebody named on the command line."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError


def text_of(path: Path) -> str:
    """Its text, as spreadsheets save it. Raises CommandError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise CommandError(f"The file cannot be read: {fault.strerror or fault}.") from fault
    except UnicodeDecodeError as fault:
        raise CommandError("The file is not text in UTF-8. Save it as “CSV UTF-8” and try again.") from fault
