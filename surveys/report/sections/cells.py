"""Cells that several tables share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report import words

if TYPE_CHECKING:
    from surveys.analysis.item_results import ItemResult
    from surveys.analysis.wilcoxon import TableRow

COUNTS = (("n", True), ("−", True), ("+", True), ("=", True))


def label_of(result: ItemResult) -> str:
    return f"{result.item.code}. {result.item.text}"


def by_competency(items: Sequence[ItemResult]) -> list[tuple[str, list[ItemResult]]]:
    found: dict[str, list[ItemResult]] = {}
    for result in items:
        found.setdefault(result.item.competency, []).append(result)
    return list(found.items())


def test_columns() -> tuple[tuple[str, bool], ...]:
    return (
        *COUNTS,
        ("z", True),
        ("p", True),
        (_("exact p"), True),
        (_("Holm p"), True),
        (_("rank-biserial"), True),
        (_("95 % interval"), True),
    )


def test_cells(row: TableRow) -> tuple[str, ...]:
    test = row.test
    if row.hidden:
        return (words.hidden(), *[words.DASH] * 9)
    counts = (str(row.n), str(row.negative), str(row.positive), str(row.tied))
    if test is None:
        return (*counts, *[words.DASH] * 6)
    ends = test.interval
    return (
        *counts,
        words.figure(test.z),
        words.probability(test.p_asymptotic),
        words.probability(test.p_exact),
        words.probability(row.p_holm),
        words.figure(test.rank_biserial),
        words.interval(ends.low if ends else None, ends.high if ends else None),
    )
