"""What the demo's leaders write about their focus: sentences of ours, put together so that no two read alike.

`texts/competency_N.txt` holds, for one competency of the standard, reasons and first strategies for
people in schools and in the office, and hopes; `texts/both_years.txt` how a text may begin. A line such
as `young|…` suits only authors with that trait (see `traits_of`).
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
SCHOOL, OFFICE_ROOM = "school", "office"


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of one text file by their [heading]."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line:
            found.setdefault(heading, []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def traits_of(*, grades: str, school: str, is_principal: bool, teaches: bool, has_ap: bool) -> frozenset[str]:
    """What is true of an author, in the words that stand before the bar in the text files."""
    found = {
        "young": grades.startswith("K"),
        "junior": grades not in ("K–6", "10–12", ""),
        "upper": grades.endswith("12"),
        "colony": "Colony" in school,
        "small": teaches and is_principal,
        "teaches": teaches,
        "has_ap": is_principal and has_ap,
    }
    return frozenset(name for name, holds in found.items() if holds)


class Writer:
    """Deals sentences from seeded decks; a deck is used up before one of its sentences comes again."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._decks: dict[tuple[str, str], list[str]] = {}
        self._written: set[str] = set()

    def rationale(self, code: str, *, at: str, traits: Collection[str], opening: str = "") -> str:
        """Why this competency: a reason from the author's place, and a hope. Never the same text twice."""
        name = f"competency_{code}"
        while True:
            core = [self._deal(name, f"{at} reasons", traits), self._deal(name, "hopes", traits)]
            if self._is_new(core):
                return " ".join([self._deal("both_years", opening, traits), *core] if opening else core)

    def any_rationale(self, code: str, *, at: str) -> str:
        """As `rationale`, for synthetic people: it may come again."""
        name = f"competency_{code}"
        return f"{self._deal(name, f'{at} reasons', ())} {self._deal(name, 'hopes', ())}"

    def any_strategy(self, code: str, *, at: str) -> str:
        return self._deal(f"competency_{code}", f"{at} strategies", ())

    def strategies(self, code: str, *, at: str, traits: Collection[str]) -> str:
        """Two or three first strategies, one a line. Never the same set twice."""
        lines = sections(f"competency_{code}")[f"{at} strategies"]
        fitting = [_text(line) for line in lines if _suits(line, traits)]
        while True:
            chosen = self._rng.sample(fitting, self._rng.choice((2, 2, 3)))
            if self._is_new(sorted(chosen)):
                return "\n".join(chosen)

    def _is_new(self, parts: Sequence[str]) -> bool:
        text = "\n".join(parts)
        seen = text in self._written
        self._written.add(text)
        return not seen

    def _deal(self, name: str, heading: str, traits: Collection[str]) -> str:
        deck = self._decks.setdefault((name, heading), [])
        fitting = [line for line in deck if _suits(line, traits)]
        if not fitting:
            deck[:] = sections(name)[heading]
            self._rng.shuffle(deck)
            fitting = [line for line in deck if _suits(line, traits)]
        deck.remove(fitting[0])
        return _text(fitting[0])


def _suits(line: str, traits: Collection[str]) -> bool:
    trait, bar, _rest = line.partition("|")
    return not bar or trait in traits


def _text(line: str) -> str:
    return line.rpartition("|")[2]
