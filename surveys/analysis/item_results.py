"""One statement of the paired people: how often each level, what changed, what may be said."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.analysis.descriptives import Descriptives, descriptives
from surveys.analysis.protection import shown
from surveys.analysis.shifts import Shift, hodges_lehmann
from surveys.analysis.study_data import StudyData, StudyItem, present
from surveys.analysis.verdicts import Verdict, verdict_of
from surveys.analysis.wilcoxon import TableRow


@dataclass(frozen=True)
class ItemResult:
    """One statement of the paired people. Descriptives count the pairs with their kinds of missing."""

    item: StudyItem
    pre: Descriptives
    post: Descriptives
    row: TableRow
    verdict: Verdict
    shift: Shift | None


def item_result(data: StudyData, place: int, row: TableRow) -> ItemResult:
    item = data.items[place]
    pre, post = present(data.pre[:, place]), present(data.post[:, place])
    return ItemResult(
        item=item,
        pre=shown(descriptives(data.pre[:, place].tolist(), item.scale), data.smallest),
        post=shown(descriptives(data.post[:, place].tolist(), item.scale), data.smallest),
        row=row,
        verdict=verdict_of(row),
        shift=hodges_lehmann(pre, post) if row.n else None,
    )
