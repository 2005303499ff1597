"""Two groups' answers to the same statements, side by side. Pure.

What may be shown of a side follows docs/decisions/levels-need-people.md, as in every report: nothing below
the smallest group of answers, and counts of single levels from a smallest group a level on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

# More than three things to work on is a list, not a choice.
MOST_PICKS = 3


@dataclass(frozen=True)
class Side:
    """One group's answers to one statement: `n` is None where too few answered, `counts` empty where too few
    for single levels."""

    n: int | None
    middle: float | None
    counts: tuple[int, ...]

    @property
    def average(self) -> float | None:
        return mean(_spread(self.counts)) if self.counts else None


@dataclass(frozen=True)
class Statement:
    """`levels` are the names of the scale's levels from the lowest."""

    code: str
    text: str
    levels: tuple[str, ...]
    left: Side
    right: Side

    @property
    def gap(self) -> float | None:
        """Right minus left, of the averages where both sides show single levels, else of the middles."""
        ends = (self.left.average, self.right.average)
        if None in ends:
            ends = (self.left.middle, self.right.middle)
        first, second = ends
        return None if first is None or second is None else round(second - first, 1)


def side_of(counts: Sequence[int], smallest: int) -> Side:
    """`counts[i]` people chose level i + 1."""
    n = sum(counts)
    if n < smallest:
        return Side(None, None, ())
    return Side(n, float(median(_spread(counts))), tuple(counts) if n >= len(counts) * smallest else ())


def _spread(counts: Sequence[int]) -> list[int]:
    return [level for level, count in enumerate(counts, start=1) for _one in range(count)]


def widest_first(statements: Sequence[Statement]) -> list[Statement]:
    """The largest difference first, whichever way it goes; what cannot be compared last."""
    return sorted(statements, key=lambda each: -1.0 if each.gap is None else abs(each.gap), reverse=True)


def counted_picks(
    picks: Mapping[str, int], pickers: int, codes: Sequence[str], smallest: int
) -> dict[str, int | None]:
    """How many of `pickers` people picked each statement; None where those who did are too few to be shown,
    or those who did not. Empty where too few have picked at all.

    People pick one to three, so the counts add up to nothing known and no subtraction brings one back.
    """
    if pickers < smallest:
        return {}
    return {code: _shown(picks.get(code, 0), pickers, smallest) for code in codes}


def _shown(count: int, of: int, smallest: int) -> int | None:
    return None if 0 < count < smallest or 0 < of - count < smallest else count
