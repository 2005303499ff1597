"""Which of the offered competencies each leader of the demo takes up, year by year; pure and seeded."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

# The five of the nine that the study's superintendents offered, by their number in the standard.
OFFERED = ("2", "3", "4", "6", "7")
# Chosen so that trios come out even: one group leaves one person over, and so one trio has four seats.
FIRST_YEAR = {"2": 12, "3": 9, "4": 12, "6": 16, "7": 6}
SECOND_YEAR = {"2": 9, "3": 9, "4": 15, "6": 10, "7": 9}
# The study's share of leaders who took up another competency in the second year.
CHANGED_SHARE = 0.41
# Enough for a draw in which nobody gets what they leave; after that other people are drawn to change.
SHUFFLES = 200


def first_choices(rng: random.Random, keys: Sequence[str]) -> dict[str, str]:
    """One competency per participant, as many each as FIRST_YEAR says."""
    places = _places(FIRST_YEAR)
    if len(places) != len(keys):
        raise ValueError(f"FIRST_YEAR has {len(places)} places for {len(keys)} participants.")
    rng.shuffle(places)
    return dict(zip(keys, places, strict=True))


def second_choices(
    rng: random.Random, before: Mapping[str, str], new: Sequence[str], moved: Sequence[str]
) -> dict[str, str]:
    """The second year: 41 % of those in `before` take up another competency, people in a new post first.

    `before` holds the first-year focus of those who choose again; `new` choose for the first time.
    """
    changes = round(CHANGED_SHARE * len(before))
    settled = [key for key in before if key not in moved]
    first_to_change = [key for key in before if key in moved]
    while True:
        changers = [*first_to_change, *rng.sample(settled, changes - len(first_to_change))]
        staying = {key: code for key, code in before.items() if key not in changers}
        places = _left(Counter(staying.values()))
        choosers = [*changers, *new]
        if len(places) != len(choosers):
            continue
        for _shuffle in range(SHUFFLES):
            rng.shuffle(places)
            drawn = dict(zip(choosers, places, strict=True))
            if all(before.get(key) != code for key, code in drawn.items()):
                return staying | drawn


def _left(taken: Counter[str]) -> list[str]:
    """Places of the second year that stayers leave free; too many where stayers crowd one competency."""
    return _places({code: places - taken[code] for code, places in SECOND_YEAR.items()})


def _places(counts: Mapping[str, int]) -> list[str]:
    return [code for code, places in counts.items() for _place in range(places)]
