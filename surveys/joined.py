"""Several waves of one person in one row: what may stand together without singling anybody out. Pure.

Two things tell a joined row apart before anybody has read an answer: its facts, and which waves it has. The
only one who answered after but not before is found by that alone, in a file as in a sealed database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from surveys.facts import BLANKED_FIRST, Facts, without

Waves = frozenset[int]


def unjoined(
    waves_of: Mapping[str, Waves], smallest: int, rank: Callable[[str], Any]
) -> list[tuple[str, Waves]]:
    """Rows as they may be handed out: (person, waves that stay together), a person in one row or in several.

    Each set of waves is then the set of at least `smallest` rows. Where too few people have one, people who
    have those waves and more are taken apart (the first by `rank`, which must say nothing of who they are and
    stay the same from file to file); where there are not enough of them, the few are taken apart themselves.
    Left as they are: everybody where all have the same waves, and a wave that too few answered.
    """
    groups: dict[Waves, list[str]] = {}
    for key, waves in waves_of.items():
        groups.setdefault(waves, []).append(key)
    for keys in groups.values():
        keys.sort(key=rank)
    while len(groups) > 1:
        # Larger sets first: taken apart, they fill up the smaller ones.
        small = sorted((g for g in groups if len(groups[g]) < smallest), key=lambda g: (-len(g), sorted(g)))
        move = next((found for group in small if (found := _mend(group, groups, smallest))), None)
        if move is None:
            break
        taken, number, parts = move
        keys, groups[taken] = groups[taken][:number], groups[taken][number:]
        if not groups[taken]:
            del groups[taken]
        for part in parts:
            groups[part] = sorted([*groups.get(part, []), *keys], key=rank)
    return [(key, waves) for waves, keys in groups.items() for key in keys]


def _mend(
    small: Waves, groups: Mapping[Waves, list[str]], smallest: int
) -> tuple[Waves, int, list[Waves]] | None:
    """Which group to take apart, how many of it, and into which parts; None where nothing helps."""
    wanted = smallest - len(groups[small])
    wider = sorted((g for g in groups if small < g), key=lambda g: (-len(groups[g]), sorted(g)))
    if wider and len(groups[wider[0]]) - wanted >= smallest:
        return wider[0], wanted, [small, wider[0] - small]
    if len(small) > 1:
        return small, len(groups[small]), [frozenset([wave]) for wave in sorted(small)]
    if wider:
        return wider[0], len(groups[wider[0]]), [small, wider[0] - small]
    return None


def coarsened_together(rows: Sequence[Mapping[int, Facts]], smallest: int) -> list[dict[int, Facts]]:
    """Facts by wave, blanked as far as needed until at least `smallest` rows share the waves and all facts.

    Rows keep their order. School level goes first, then role group, then whether the focus changed, then the
    focus; of each, that of the latest wave first. Where fewer than `smallest` rows of the same waves end up
    without any fact, the smallest other groups of these waves join them.
    """
    found = [dict(row) for row in rows]
    waves = sorted({wave for row in rows for wave in row}, reverse=True)
    for name in BLANKED_FIRST:
        for wave in waves:
            told = [_told(row, waves) for row in found]
            sizes = Counter(told)
            for row, mine in zip(found, told, strict=True):
                if wave in row and sizes[mine] < smallest:
                    row[wave] = without(row[wave], name)
    _fill_blank_rows(found, waves, smallest)
    return found


def _told(row: Mapping[int, Facts], waves: Sequence[int]) -> tuple[Facts | None, ...]:
    return tuple(row.get(wave) for wave in waves)


def _fill_blank_rows(found: list[dict[int, Facts]], waves: Sequence[int], smallest: int) -> None:
    by_waves: dict[Waves, list[dict[int, Facts]]] = {}
    for row in found:
        by_waves.setdefault(frozenset(row), []).append(row)
    for there, rows in by_waves.items():
        blank = _told(dict.fromkeys(there, Facts()), waves)
        sizes = Counter(_told(row, waves) for row in rows)
        while 0 < sizes[blank] < smallest and len(sizes) > 1:
            least = min((told for told in sizes if told != blank), key=lambda told: (sizes[told], repr(told)))
            for row in rows:
                if _told(row, waves) == least:
                    row.update(dict.fromkeys(there, Facts()))
            sizes[blank] += sizes.pop(least)
