"""Half-open stretches of time, and what two lists of them have in common.

Every function takes any order and overlap, and returns spans that are sorted, apart and not empty. Where one
span ends and the next begins they are one: `[9, 10)` and `[10, 11)` make `[9, 11)`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to, not including, `end`; aware instants in UTC."""

    start: datetime.datetime
    end: datetime.datetime

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def intersect(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    left, right = merged(one), merged(other)
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i].start, right[j].start), min(left[i].end, right[j].end)
        if start < end:
            found.append(Span(start, end))
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1
    return found


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of `spans` is left when `taken` is gone."""
    left, holes = merged(spans), merged(taken)
    found: list[Span] = []
    first = 0
    for span in left:
        while first < len(holes) and holes[first].end <= span.start:
            first += 1
        start, hole = span.start, first
        while hole < len(holes) and holes[hole].start < span.end:
            if start < holes[hole].start:
                found.append(Span(start, holes[hole].start))
            start = holes[hole].end
            hole += 1
        if start < span.end:
            found.append(Span(start, span.end))
    return found


def common(lists: Sequence[Iterable[Span]]) -> list[Span]:
    """What lies in every list; of no list at all, nothing."""
    return reduce(intersect, lists[1:], merged(lists[0])) if lists else []
