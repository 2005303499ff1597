"""The icon set: drawings from static/vendor/bootstrap-icons, inlined so that they follow the text's color."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "bootstrap-icons"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIconError(LookupError):
    """The name has no file in the icon folder."""


def names() -> list[str]:
    """Every icon that can be used."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def drawing(name: str) -> str:
    """The markup inside the <svg> element, drawn on a 16 by 16 grid. Raises UnknownIconError."""
    path = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIconError(f"There is no icon “{name}”. Add its drawing to {FOLDER}.")
    found = _INNER.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIconError(f"The file of icon “{name}” holds no <svg> element.")
    return found.group(1).strip()
