"""How many groups of which size: fewest people left over, then as few groups as can be of another size."""

from __future__ import annotations

from coaching.matching.words import MOST_SEATS, SEATS

# More groups of another size than this are never the best: three pairs are two threes, and so on.
MOST_OTHERS = 3


def sizes_for(seats: int, *, pairs: bool) -> set[int]:
    """Sizes that groups may have where `seats` is the rule."""
    if seats == 2:
        return {2, SEATS}
    return {SEATS, MOST_SEATS} | ({2} if pairs else set())


def best_sizes(people: int, *, pairs: bool, seats: int = SEATS) -> tuple[int, ...]:
    """Sizes of the groups, largest first; a 1 stands for somebody who cannot be placed.

    Fewest people left over come first; then, of threes, as few fours as possible and then as few pairs; of
    fours, as few pairs and then as few threes; of pairs, as few threes.

    >>> best_sizes(10, pairs=False), best_sizes(5, pairs=False), best_sizes(5, pairs=True)
    ((4, 3, 3), (4, 1), (3, 2))
    >>> best_sizes(6, pairs=False, seats=4), best_sizes(7, pairs=True, seats=2)
    ((3, 3), (3, 2, 2))
    """
    if people == 2 and pairs:
        return (2,)
    # The other sizes in the order in which they are avoided.
    others = {2: (3,), 3: (4, 2), 4: (2, 3)}[seats]
    allowed = sizes_for(seats, pairs=pairs)
    choices = []
    for alone in range(min(people, 3) + 1):
        for one in range(MOST_OTHERS + 1 if others[0] in allowed else 1):
            for two in range(MOST_OTHERS + 1 if len(others) > 1 and others[-1] in allowed else 1):
                rest = people - alone - others[0] * one - (others[-1] * two if len(others) > 1 else 0)
                if rest >= 0 and rest % seats == 0:
                    choices.append((alone, one, two, rest // seats))
    alone, one, two, whole = min(choices)
    found = [seats] * whole + [others[0]] * one + [others[-1]] * two + [1] * alone
    return tuple(sorted(found, reverse=True))
