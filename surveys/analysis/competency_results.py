"""One competency: how its statements hang together, and how people's own means changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.protection import shown_table, too_few
from surveys.analysis.reliability import Reliability, cronbach_alpha
from surveys.analysis.study_data import StudyData, present
from surveys.analysis.verdicts import Verdict, verdict_of
from surveys.analysis.wilcoxon import TableRow


@dataclass(frozen=True)
class CompetencyResult:
    """A scale: reliability at each time or the sentence why not, and the paired test of people's own
    means."""

    competency: str
    codes: tuple[str, ...]
    pre: Reliability | None
    pre_refusal: str
    post: Reliability | None
    post_refusal: str
    median_pre: float | None
    median_post: float | None
    row: TableRow
    verdict: Verdict


def competency_results(data: StudyData, pre: Numbers, post: Numbers) -> Iterable[CompetencyResult]:
    names = list(dict.fromkeys(item.competency for item in data.items if item.competency))
    columns = [[place for place, item in enumerate(data.items) if item.competency == name] for name in names]
    if not names:
        return
    first = np.column_stack([person_means(pre[:, places]) for places in columns])
    second = np.column_stack([person_means(post[:, places]) for places in columns])
    table = shown_table(first, second, names, data.smallest)
    everyone_pre = np.vstack([pre, present(data.alone_pre)])
    everyone_post = np.vstack([post, present(data.alone_post)])
    for place, (name, places) in enumerate(zip(names, columns, strict=True)):
        before, before_refusal = _reliability(everyone_pre[:, places], data.smallest)
        after, after_refusal = _reliability(everyone_post[:, places], data.smallest)
        yield CompetencyResult(
            competency=name,
            codes=tuple(data.items[each].code for each in places),
            pre=before,
            pre_refusal=before_refusal,
            post=after,
            post_refusal=after_refusal,
            median_pre=_median(first[:, place], data.smallest),
            median_post=_median(second[:, place], data.smallest),
            row=table.rows[place],
            verdict=verdict_of(table.rows[place]),
        )


def person_means(values: Numbers) -> Numbers:
    """Each person's mean of the statements answered; NaN for nobody's answers."""
    there = ~np.isnan(values)
    counts = there.sum(axis=1)
    sums = np.where(there, values, 0).sum(axis=1)
    return np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)


def _median(values: Numbers, smallest: int) -> float | None:
    there = values[~np.isnan(values)]
    return float(np.median(there)) if there.size >= smallest else None


def _reliability(values: Numbers, smallest: int) -> tuple[Reliability | None, str]:
    if (~np.isnan(values).any(axis=1)).sum() < smallest:
        return None, too_few(smallest)
    try:
        return cronbach_alpha(values), ""
    except ValueError as refusal:
        return None, str(refusal)
