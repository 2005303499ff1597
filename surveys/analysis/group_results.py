"""Separate groups of people: paired beside unpaired, stayers beside switchers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.descriptives import Descriptives, Scale, descriptives
from surveys.analysis.protection import is_small, parts_too_small, shown, shown_table, too_few
from surveys.analysis.shifts import MannWhitney, mann_whitney
from surveys.analysis.study_data import MISSING, StudyData, StudyItem, present
from surveys.analysis.wilcoxon import TableRow

SWITCHED_WARNING = 0.25
"""Share of people with a new focus above which before and after of all of them together needs a warning."""


@dataclass(frozen=True)
class BaselineRow:
    """Those who could be paired beside those who could not, before the program."""

    item: StudyItem
    paired: Descriptives
    alone: Descriptives
    test: MannWhitney | None
    refusal: str


@dataclass(frozen=True)
class GroupResult:
    """Stayers or switchers. `hidden`: the group, or what would be left without it, is too small to show."""

    name: str
    n: int | None
    hidden: bool
    rows: tuple[TableRow, ...]


def baseline_rows(data: StudyData, paired: Numbers, alone: Numbers) -> Iterable[BaselineRow]:
    for place, item in enumerate(data.items):
        first, second = paired[:, place], alone[:, place]
        test, refusal = _mann_whitney(present(first), present(second), data.smallest)
        yield BaselineRow(
            item,
            shown(descriptives(first.tolist(), item.scale), data.smallest),
            shown(descriptives(second.tolist(), item.scale), data.smallest),
            test,
            refusal,
        )


def _mann_whitney(first: Numbers, second: Numbers, smallest: int) -> tuple[MannWhitney | None, str]:
    if any(is_small(int((~np.isnan(each)).sum()), smallest) for each in (first, second)):
        return None, too_few(smallest)
    try:
        return mann_whitney(first, second), ""
    except ValueError as refusal:
        return None, str(refusal)


def focus_groups(
    data: StudyData, pre: Numbers, post: Numbers, switched: Numbers, codes: list[str]
) -> tuple[GroupResult, GroupResult]:
    """Both are shown or neither: one of them alone would give the other by subtraction.

    So it is with each statement: it is left out of both where one of them, or those whose change of focus is
    not known, would be too few.
    """
    sizes = {name: int((switched == value).sum()) for name, value in (("stayers", 0), ("switchers", 1))}
    unknown = int((switched < 0).sum())
    small = any(size < data.smallest for size in sizes.values()) or is_small(unknown, data.smallest)
    parts = [switched == value for value in (0, 1, -1)]
    hide = parts_too_small(~np.isnan(pre) & ~np.isnan(post), parts, data.smallest)
    found = []
    for name, mine in zip(sizes, parts, strict=False):
        rows = () if small else shown_table(pre[mine], post[mine], codes, data.smallest, hide).rows
        found.append(GroupResult(name, None if small else sizes[name], small, rows))
    return found[0], found[1]


def change_rows(data: StudyData, pre: Numbers, post: Numbers, switched: Numbers) -> Iterable[BaselineRow]:
    """Change of stayers beside change of switchers; differences, so no descriptives of a scale."""
    empty = descriptives([], Scale(((1, ""),), MISSING))
    for place, item in enumerate(data.items):
        change = post[:, place] - pre[:, place]
        test, refusal = _mann_whitney(change[switched == 1], change[switched == 0], data.smallest)
        yield BaselineRow(item, empty, empty, test, refusal)
