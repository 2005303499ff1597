"""People's own focus competency beside the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.competency_results import person_means
from surveys.analysis.protection import shown_table
from surveys.analysis.study_data import StudyData
from surveys.analysis.wilcoxon import TableRow


@dataclass(frozen=True)
class FocusResult:
    """People's own focus competency (as chosen before) against their mean of the others."""

    n: int
    own: TableRow
    others: TableRow
    difference: TableRow


def focus_result(data: StudyData, pre: Numbers, post: Numbers) -> FocusResult | None:
    """None when fewer than the smallest group have a known focus with statements, or nearly all have."""
    competency = np.array([item.competency for item in data.items])
    own: Numbers = np.array(
        [competency == focus if focus else np.zeros(len(competency), bool) for focus in data.focus_pre]
    )
    if not own.size:
        return None
    known: Numbers = np.asarray(own.any(axis=1))
    n = int(known.sum())
    if n < data.smallest or 0 < len(known) - n < data.smallest:
        return None
    mine, rest = own[known], ~own[known] & (competency != "")
    before, after = pre[known], post[known]
    means = [
        person_means(np.where(chosen, values, np.nan))
        for chosen in (mine, rest)
        for values in (before, after)
    ]
    own_change, rest_change = means[1] - means[0], means[3] - means[2]
    rows = shown_table(
        np.column_stack([means[0], means[2]]),
        np.column_stack([means[1], means[3]]),
        ["own", "others"],
        data.smallest,
    ).rows
    apart = shown_table(rest_change[:, None], own_change[:, None], ["difference"], data.smallest).rows[0]
    return FocusResult(n, rows[0], rows[1], apart)
