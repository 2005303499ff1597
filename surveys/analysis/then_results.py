"""Looking back: the answer before beside the same answer as it is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.analysis.arrays import Numbers
from surveys.analysis.protection import shown_table
from surveys.analysis.study_data import StudyData, StudyItem, present
from surveys.analysis.wilcoxon import TableRow


@dataclass(frozen=True)
class ThenResult:
    """The statement before and the same looking back, each beside the answer after."""

    item: StudyItem
    from_pre: TableRow
    from_then: TableRow
    pre_to_then: TableRow


def then_results(data: StudyData, pre: Numbers, post: Numbers) -> Iterable[ThenResult]:
    places = {item.code: place for place, item in enumerate(data.items)}
    asked = [(c, places[i.looks_back_at]) for c, i in enumerate(data.then_items) if i.looks_back_at in places]
    if not asked:
        return
    then = present(data.then)[:, [column for column, _ in asked]]
    before, after = (values[:, [place for _, place in asked]] for values in (pre, post))
    names = [data.items[place].code for _, place in asked]
    tables = [
        shown_table(a, b, names, data.smallest).rows
        for a, b in ((before, after), (then, after), (before, then))
    ]
    for row, (_, place) in enumerate(asked):
        yield ThenResult(data.items[place], *(table[row] for table in tables))
