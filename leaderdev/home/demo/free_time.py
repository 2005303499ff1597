"""When the people of the demo are free: a week for each, drawn from a few that leaders have. Pure."""

from __future__ import annotations

import random

# (weekday, from, until) in minutes after midnight; 0 is Monday.
Week = tuple[tuple[int, int, int], ...]


def _days(*stretches: tuple[str, int, int]) -> Week:
    return tuple((int(day), starts, ends) for days, starts, ends in stretches for day in days)


# On Wednesday mornings the division plans nothing, so that people can visit each other's schools.
VISITS = ("2", 8 * 60, 13 * 60)
# Principals guard the bell times; those who teach are free when somebody else has the class.
WEEKS: tuple[Week, ...] = (
    _days(("013", 9 * 60, 11 * 60 + 30), VISITS, ("0123", 13 * 60 + 30, 16 * 60 + 30)),
    _days(("1", 9 * 60, 12 * 60), VISITS, ("123", 15 * 60 + 15, 17 * 60), ("4", 13 * 60, 14 * 60 + 30)),
    _days(("0", 10 * 60, 12 * 60), VISITS, ("13", 13 * 60, 16 * 60 + 30)),
    _days(("134", 8 * 60 + 45, 10 * 60 + 15), VISITS, ("13", 13 * 60, 16 * 60 + 30)),
    _days(("01234", 15 * 60 + 30, 17 * 60), VISITS, ("3", 9 * 60, 11 * 60)),
    _days(("13", 9 * 60, 16 * 60 + 30), VISITS),
)
# About one in six has not said anything yet, as in any staff room.
SILENT = 6


def week_of(key: str, *, says: bool = False) -> Week | None:
    """The same person always gets the same week; None for who has not said, unless `says`."""
    draw = random.Random(f"free time of {key}")  # noqa: S311 (a demo, not a secret)
    if draw.randrange(SILENT) == 0 and not says:
        return None
    return draw.choice(WEEKS)
