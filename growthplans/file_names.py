"""Names of files as people may see them again: no path, nothing invisible, an ending that is true."""

from __future__ import annotations

import re
import unicodedata

from growthplans.files import Kind

LONGEST = 120
# What Windows will not have in a name; and control, direction and other invisible signs, but not the joiners
# that some scripts and emoji are written with.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_JOINERS = "\u200c\u200d"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")


def shown_name(raw: str, kind: Kind, fallback: str = "file") -> str:
    """The name to keep beside a file of `kind`: its own words, with an ending of that kind."""
    words = re.split(r"[/\\]", raw)[-1]
    words = "".join(sign for sign in words if _is_seen(sign))
    words = " ".join(_FORBIDDEN.sub(" ", words).split()).rstrip(". ")
    ending = _ENDING.search(words)
    kept = ending.group().lower() if ending else ""
    stem = words[: ending.start()] if ending else words
    if kept not in kind.endings:
        kept = kind.endings[0]
    return f"{stem[: LONGEST - len(kept)].strip('. ') or fallback}{kept}"


def _is_seen(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in _INVISIBLE
