"""What a figure must have behind it before it is shown: docs/decisions/levels-need-people.md says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.descriptives import Descriptives
from surveys.analysis.wilcoxon import SignedRankTable, TableRow, signed_rank_table

TOO_FEW = "Fewer than {smallest} people gave the answers that this figure needs; it is not shown."


def too_few(smallest: int) -> str:
    return TOO_FEW.format(smallest=smallest)


def is_small(count: int, smallest: int) -> bool:
    """From 1 to `smallest` − 1. Nobody is no group: a figure about nobody tells of nobody."""
    return 0 < count < smallest


def levels_need(levels: int, smallest: int) -> int:
    """Answers from which single levels are told apart: on average a smallest group on each."""
    return levels * smallest


def hidden_row(item: str, smallest: int) -> TableRow:
    """A row that says neither how many answered it nor how."""
    return TableRow(item, 0, 0, 0, 0, 0, None, too_few(smallest), None, None, hidden=True)


def shown_table(
    pre: Numbers, post: Numbers, items: Sequence[str], smallest: int, hide: Numbers | None = None
) -> SignedRankTable:
    """`signed_rank_table` without the items that fewer than `smallest` people answered twice.

    `hide` (k,) names further columns to leave out. What is left out is not among Holm's tests either: a
    correction for it would tell that something was there.
    """
    both = (~np.isnan(pre) & ~np.isnan(post)).sum(axis=0)
    small = (both > 0) & (both < smallest)
    if hide is not None:
        small = small | hide
    before, after = pre.astype(float), post.astype(float)
    before[:, small], after[:, small] = np.nan, np.nan
    table = signed_rank_table(before, after, items)
    rows = [
        hidden_row(row.item, smallest) if gone else row for row, gone in zip(table.rows, small, strict=True)
    ]
    return SignedRankTable(tuple(rows), table.tests)


def shown(found: Descriptives, smallest: int) -> Descriptives:
    """The same with what its number of answers does not bear left out.

    Below `smallest` answers nothing is left. Below `levels_need`, level counts go, and with them mean, spread
    and quartiles, from which the counts could be computed; number of answers and median stay.
    """
    if is_small(found.n, smallest):
        return Descriptives(0, (), (), None, None, None, None, hidden=True)
    if found.n < levels_need(len(found.levels), smallest):
        return replace(found, levels=(), quartiles=None, mean=None, sd=None)
    return found


def parts_too_small(there: Numbers, parts: Sequence[Numbers], smallest: int) -> Numbers:
    """(k,) whether an item leaves one of the parts with too few answers, `there` (n, k) telling who answered.

    The parts (n,) make up everybody, whose figures are known: one part alone is everybody less the others.
    """
    counts = np.array([there[part].sum(axis=0) for part in parts])
    small: Numbers = (counts > 0) & (counts < smallest)
    return np.asarray(small.any(axis=0))
