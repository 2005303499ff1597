"""Which statements of progress stand without anything that shows them. No Django, no rows.

A statement counts as backed when evidence is tied to its goal, or to an indicator that the goal serves. An
unbacked one may be written all the same; it is shown as a claim, and the author's peers may ask once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """What a goal says of itself: the states of its steps, and keys of the indicators that it serves."""

    goal: int
    indicators: frozenset[int]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """What one piece of evidence is tied to; None where it is tied to nothing of that sort."""

    goal: int | None
    indicator: int | None


# "On schedule" says where things stand, not that something came of them; asking for proof of it would nag.
PROGRESS = frozenset({"done"})


def claims_progress(statement: Statement) -> bool:
    return not PROGRESS.isdisjoint(statement.statuses)


def unbacked(statements: Iterable[Statement], ties: Iterable[Tie]) -> set[int]:
    """Keys of the goals that claim progress while no evidence shows it."""
    ties = list(ties)
    goals = {tie.goal for tie in ties}
    indicators = {tie.indicator for tie in ties if tie.indicator is not None}
    return {
        each.goal
        for each in statements
        if claims_progress(each) and each.goal not in goals and indicators.isdisjoint(each.indicators)
    }
