"""Which figures may be shown. Pure; every page and file of figures asks here.

A figure about fewer people than the smallest group is hidden; so is one more wherever the hidden one could be
computed from the total; and a filter is refused when what it leaves out of, or adds to, another one that may
be shown is a group too small.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence


def hidden_small(counts: Sequence[int], smallest: int) -> list[int | None]:
    """Counts that add up to a total which is known: those from 1 to `smallest` − 1 become None.

    If what is hidden adds up to fewer than `smallest`, or is a single count, the next smallest is hidden
    as well, so that no subtraction brings it back. Zeros are shown unless they are needed for that.
    """
    shown: list[int | None] = [count if count == 0 or count >= smallest else None for count in counts]
    hidden = [place for place, count in enumerate(shown) if count is None]
    if not hidden:
        return shown
    left = sorted((place for place in range(len(counts)) if shown[place] is not None), key=counts.__getitem__)
    # People first: a hidden zero covers nobody.
    left.sort(key=lambda place: (counts[place] == 0, counts[place]))
    while left and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        place = left.pop(0)
        shown[place] = None
        hidden.append(place)
    return shown


def may_show(group: frozenset[Hashable], shown: Sequence[frozenset[Hashable]], smallest: int) -> bool:
    """Whether figures about `group` may stand beside figures about the groups in `shown`."""
    if len(group) < smallest:
        return False
    return all(not _too_near(group, other, smallest) for other in shown)


def _too_near(one: frozenset[Hashable], other: frozenset[Hashable], smallest: int) -> bool:
    if one <= other:
        return 0 < len(other - one) < smallest
    if other < one:
        return 0 < len(one - other) < smallest
    return False


def allowed_groups(
    everybody: frozenset[Hashable], partitions: Sequence[Mapping[str, frozenset[Hashable]]], smallest: int
) -> list[set[str]]:
    """For each partition of everybody (role groups, say), the names of the parts that may be shown.

    Parts are admitted in the order given, each only if it may stand beside all admitted before it. Where the
    parts of a partition that stay hidden are together fewer than `smallest`, the smallest admitted part of
    that partition is hidden too: everybody minus what is shown must not be a small group.
    """
    if len(everybody) < smallest:
        return [set() for _partition in partitions]
    shown = [everybody]
    found: list[set[str]] = []
    for partition in partitions:
        names = [name for name, group in partition.items() if may_show(group, shown, smallest)]
        rest = everybody - frozenset().union(*(partition[name] for name in names))
        while names and 0 < len(rest) < smallest:
            least = min(names, key=lambda name: len(partition[name]))
            names.remove(least)
            rest |= partition[least]
        shown += [partition[name] for name in names]
        found.append(set(names))
    return found
