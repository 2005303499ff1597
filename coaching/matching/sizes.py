"""How many groups of which size: fewest people left over, then fewest fours, then fewest pairs."""

from __future__ import annotations

from coaching.matching.words import MOST_SEATS, SEATS


def best_sizes(people: int, *, pairs: bool) -> tuple[int, ...]:
    """Sizes of the groups, largest first; a 1 stands for somebody who cannot be placed.

    >>> best_sizes(10, pairs=False), best_sizes(5, pairs=False), best_sizes(5, pairs=True)
    ((4, 3, 3), (4, 1), (3, 2))
    """
    choices = []
    for alone in range(min(people, 3) + 1):
        # Three pairs are two threes and three fours are four threes, so more are never the best.
        for fours in range(min(people // MOST_SEATS, 2) + 1):
            for two in range(3 if pairs else 1):
                rest = people - alone - MOST_SEATS * fours - 2 * two
                if rest >= 0 and rest % SEATS == 0:
                    choices.append((alone, fours, two, rest // SEATS))
    alone, fours, two, threes = min(choices)
    return (MOST_SEATS,) * fours + (SEATS,) * threes + (2,) * two + (1,) * alone
