"""A whole file of paired answers: every item tested, with what a reader must be warned of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from surveys.analysis.files import PairedItem
from surveys.analysis.wilcoxon import SignedRankTable, TableRow, signed_rank_table

LEVEL = 0.05
FEW_CHANGED = 10
"""Changed pairs below which the normal curve is a poor likeness of the exact distribution."""
KEYS = (
    "item",
    "n",
    "n_dropped",
    "negative",
    "positive",
    "tied",
    "sum_ranks_negative",
    "sum_ranks_positive",
    "z",
    "p_asymptotic",
    "p_exact",
    "p_holm",
    "rank_biserial",
)


@dataclass(frozen=True)
class PairedAnalysis:
    table: SignedRankTable
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """`items` with KEYS and `warnings`; null where a figure is undefined. Scripts rely on these keys."""
        return {"items": [row_json(row) for row in self.table.rows], "warnings": list(self.warnings)}


def analyze(items: Sequence[PairedItem], *, resamples: int = 0) -> PairedAnalysis:
    """Test every item on the people who answered it; Holm corrects over all items that could be tested."""
    people = {person: place for place, person in enumerate(dict.fromkeys(p for i in items for p in i.people))}
    pre, post = (np.full((len(people), len(items)), np.nan) for _ in range(2))
    for column, item in enumerate(items):
        places = [people[person] for person in item.people]
        pre[places, column], post[places, column] = item.pre, item.post
    table = signed_rank_table(pre, post, [item.item for item in items], resamples=resamples)
    # Somebody who was never asked an item is not a dropped pair of it.
    rows = tuple(_counted(row, len(item.people)) for row, item in zip(table.rows, items, strict=True))
    table = SignedRankTable(rows, table.tests)
    return PairedAnalysis(table, tuple(warnings_of(table)))


def warnings_of(table: SignedRankTable) -> list[str]:
    """What depends on a convention, and what is missing; one sentence each."""
    found = []
    for row in table.rows:
        if row.hidden:
            found.append(f"Item {row.item}: {row.refusal}")
            continue
        if row.n_dropped:
            one = row.n_dropped == 1
            pairs, were = ("pair lacks", "was") if one else ("pairs lack", "were")
            found.append(f"Item {row.item}: {row.n_dropped} {pairs} an answer and {were} left out.")
        if row.test is None:
            found.append(f"Item {row.item}: {row.refusal}")
            continue
        changed = row.negative + row.positive
        if changed < FEW_CHANGED:
            pairs = "1 pair" if changed == 1 else f"{changed} pairs"
            found.append(
                f"Item {row.item}: only {pairs} changed; the asymptotic p is rough, prefer the exact one."
            )
        exact = row.test.p_exact
        if exact is not None and (row.test.p_asymptotic < LEVEL) != (exact < LEVEL):
            found.append(
                f"Item {row.item}: asymptotic p = {row.test.p_asymptotic:.3f} and exact p = {exact:.3f} lie "
                f"on two "
                f"sides of {LEVEL}: the verdict depends on the convention."
            )
    return found + _correction(table)


def _correction(table: SignedRankTable) -> list[str]:
    tested = [row for row in table.rows if row.test is not None]
    alone = [row for row in tested if row.test is not None and row.test.p_asymptotic < LEVEL]
    kept = [row for row in tested if row.p_holm is not None and row.p_holm < LEVEL]
    if len(tested) < 2 or len(alone) == len(kept):
        return []
    return [
        f"{len(alone)} of {len(tested)} tests have p < {LEVEL} taken alone, {len(kept)} after Holm's "
        f"correction for "
        f"{len(tested)} tests."
    ]


def row_json(row: TableRow) -> dict[str, Any]:
    test = row.test
    if row.hidden:
        return {**dict.fromkeys(KEYS), "item": row.item}
    values = (
        row.item,
        row.n,
        row.n_dropped,
        row.negative,
        row.positive,
        row.tied,
        test.sum_ranks_negative if test else None if row.n == 0 else 0.0,
        test.sum_ranks_positive if test else None if row.n == 0 else 0.0,
        test.z if test else None,
        test.p_asymptotic if test else None,
        test.p_exact if test else None,
        row.p_holm,
        test.rank_biserial if test else None,
    )
    return dict(zip(KEYS, values, strict=True))


def _counted(row: TableRow, asked: int) -> TableRow:
    dropped = asked - row.n
    test = None if row.test is None else replace(row.test, n_dropped=dropped)
    return replace(row, n_dropped=dropped, test=test)


def as_text(analysis: PairedAnalysis) -> str:
    """The same for people: a table of fixed width, the notes below."""
    heads = ("item", "n", "−", "+", "=", "R−", "R+", "z", "p", "p exact", "p Holm", "r rb")
    lines = [heads] + [_cells(row) for row in analysis.table.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    drawn = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    notes = [
        "− fell, + rose, = same; R− and R+ sums of midranks; z: positive is growth (post − pre), ties "
        "corrected,",
        "no continuity correction; p two-sided; Holm over all tests; r rb: matched-pairs rank-biserial.",
        *analysis.warnings,
    ]
    return "\n".join([*drawn, "", *notes])


def _cells(row: TableRow) -> tuple[str, ...]:
    counts = (row.item, str(row.n), str(row.negative), str(row.positive), str(row.tied))
    test = row.test
    if test is None:
        return (*counts, *["–"] * 7)
    exact = "–" if test.p_exact is None else f"{test.p_exact:.3f}"
    return (
        *counts,
        f"{test.sum_ranks_negative:g}",
        f"{test.sum_ranks_positive:g}",
        f"{test.z:.3f}",
        f"{test.p_asymptotic:.3f}",
        exact,
        f"{row.p_holm:.3f}",
        f"{test.rank_biserial:.2f}",
    )
