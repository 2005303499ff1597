"""The solver agrees with trying everything, on districts that are small enough for that."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from coaching.matching import Person, Priority, Rules, form_trios
from coaching.matching.costs import minutes_between
from tests.coaching.districts import apart, broken, district

ORDER = (Priority.SCHOOLS, Priority.TRAVEL, Priority.MIX, Priority.WISHES)
CASES = 500
BATCHES = 10


def profiles(people: int, *, pairs: bool) -> list[tuple[int, ...]]:
    """Every way to divide a number, best first: fewest alone, then fewest fours, then fewest pairs."""

    def ways(rest: int, most: int) -> Iterator[tuple[int, ...]]:
        if not rest:
            yield ()
        for size in range(min(rest, most), 0, -1):
            if size != 2 or pairs:
                yield from ((size, *more) for more in ways(rest - size, size))

    return sorted(ways(people, 4), key=lambda sizes: [sizes.count(size) for size in (1, 4, 2)])


def partitions(people: Sequence[Person], sizes: Counter[int]) -> Iterator[list[tuple[Person, ...]]]:
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in [size for size, count in sizes.items() if count]:
        for mates in combinations(rest, size - 1):
            if any(apart(one, other) for one, other in combinations((first, *mates), 2)):
                continue
            left = [person for person in rest if person not in mates]
            for more in partitions(left, sizes - Counter([size])):
                yield [(first, *mates), *more]


def costs(groups: list[tuple[Person, ...]], rules: Rules) -> tuple[int, ...]:
    """Counted from the words of the rules, not from the solver's tables."""
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    band = {person.id: (person.experience >= 4) + (person.experience >= 10) for g in groups for person in g}
    return (
        sum(one.school == other.school for one, other in pairs),
        sum(minutes_between(one, other, rules) for one, other in pairs),
        sum((one.role == other.role) + (band[one.id] == band[other.id]) for one, other in pairs),
        -sum((other.id in one.wishes) + (one.id in other.wishes) for one, other in pairs),
    )


def best_costs(people: list[Person], rules: Rules) -> tuple[int, ...]:
    pairs = rules.pairs_allowed or len(people) == 2
    for sizes in profiles(len(people), pairs=pairs):
        found = [costs(groups, rules) for groups in partitions(people, Counter(sizes))]
        if found:
            return (*(sizes.count(size) for size in (1, 4, 2)), *min(found))
    raise AssertionError("everybody alone is always possible")


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_partition_is_better_than_the_one_found(batch: int):
    for case in range(batch * CASES // BATCHES, (batch + 1) * CASES // BATCHES):
        dice = random.Random(case)
        people = district(dice.randint(1, 9), 1, case, rules=dice.choice([0.1, 0.4]))
        rules = Rules(priorities=ORDER, pairs_allowed=dice.random() < 0.3, seed=case)
        result = form_trios(people, rules)
        assert broken(result, people, rules) == []
        assert result.optimal, case
        sizes = Counter(len(trio.members) for trio in result.trios)
        asked = sum(len(set(person.wishes) - {person.id}) for person in people)
        found = (len(result.unplaced), sizes[4], sizes[2], *result.objective[:3], result.objective[3] - asked)
        assert found == best_costs(people, rules), case
