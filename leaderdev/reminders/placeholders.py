"""A district's own text: words in braces stand for what is filled in for each reader. Pure.

Nothing else is a command: no dots, no calls, no formats, so that a text can hold no program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\{([^{}\n]*)\}")
_NAME = re.compile(r"[a-z_]+")


class BadTextError(ValueError):
    """A text that would not come out as meant. `name`: the unknown word, or empty for a stray brace."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name


def check(text: str, known: Iterable[str]) -> None:
    """Raise BadTextError for the first word in braces that is not known, or for a brace that stands alone."""
    for name in _WORD.findall(text):
        if not _NAME.fullmatch(name) or name not in set(known):
            raise BadTextError(name or "{}")
    if re.search(r"[{}]", _WORD.sub("", text)):
        raise BadTextError


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each known word filled in, once: a value that holds braces is left as it is."""
    return _WORD.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def paragraphs(text: str) -> list[str]:
    """Split at empty lines; a single line break stays inside its paragraph."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
