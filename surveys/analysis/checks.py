"""The report checks itself: what must be true of its figures, whoever computed them, or the cell is named."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.analysis.wilcoxon import two_sided

SLACK = 1e-9


def problems(report: Mapping[str, Any]) -> list[str]:
    """Cells of a report (study_json) that contradict each other, one sentence each; empty when none does."""
    return [*_items(report), *_flow(report), *_competencies(report)]


def _items(report: Mapping[str, Any]) -> Iterator[str]:
    listed, kept = [row["item"] for row in report["items"]], report["items_kept"]
    if listed != kept and not report["hidden"]:
        yield f"The items listed are {', '.join(listed)}; those kept are {', '.join(kept)}."
    pairs = report["flow"]["paired_consenting"]
    for row in report["items"]:
        if row["hidden"]:
            continue
        yield from _row(row, f"Item {row['item']}")
        counted = row["n"] + row["n_dropped"]
        if counted != pairs:
            yield f"Item {row['item']}: n and n_dropped make {counted}, not {pairs} pairs."
        for time in ("pre", "post"):
            yield from _levels(row[time], f"Item {row['item']}, {time}")
    yield from _holm(report["items"])


def _row(row: Mapping[str, Any], name: str) -> Iterator[str]:
    if row["hidden"]:
        return
    counted = row["negative"] + row["positive"] + row["tied"]
    if counted != row["n"]:
        yield f"{name}: negative + positive + tied is {counted}, n is {row['n']}."
    if row["z"] is None:
        return
    changed = row["negative"] + row["positive"]
    ranks = row["sum_ranks_negative"] + row["sum_ranks_positive"]
    if abs(ranks - changed * (changed + 1) / 2) > SLACK:
        yield f"{name}: the sums of ranks make {ranks:g}, not {changed * (changed + 1) / 2:g}."
    if abs(two_sided(row["z"]) - row["p_asymptotic"]) > SLACK:
        yield f"{name}: p_asymptotic does not follow from z."
    if row["sum_ranks_positive"] > row["sum_ranks_negative"] and row["z"] < 0:
        yield f"{name}: z has the wrong sign."
    biserial = (row["sum_ranks_positive"] - row["sum_ranks_negative"]) / ranks if ranks else 0.0
    if abs(biserial - row["rank_biserial"]) > SLACK:
        yield f"{name}: rank_biserial does not follow from the sums of ranks."


def _levels(part: Mapping[str, Any], name: str) -> Iterator[str]:
    if part["levels"] is None:
        return
    total = sum(level["count"] for level in part["levels"])
    if total != part["n"]:
        yield f"{name}: the levels make {total}, n is {part['n']}."
    for level in part["levels"]:
        share = 100 * level["count"] / part["n"] if part["n"] else 0.0
        if abs(share - level["percent"]) > SLACK:
            yield f"{name}: {level['label']} is {level['percent']} %, but {level['count']} of {part['n']}."


def _holm(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    tested = sorted((row for row in rows if row["z"] is not None), key=lambda row: row["p_asymptotic"])
    reached = 0.0
    for place, row in enumerate(tested):
        reached = min(1.0, max(reached, row["p_asymptotic"] * (len(tested) - place)))
        if not math.isclose(reached, row["p_holm"], abs_tol=SLACK):
            yield f"Item {row['item']}: p_holm does not follow from the {len(tested)} p of the table."


def _flow(report: Mapping[str, Any]) -> Iterator[str]:
    flow = report["flow"]
    for small, large in (
        ("paired", "answered_pre"),
        ("paired", "answered_post"),
        ("consenting_pre", "answered_pre"),
        ("consenting_post", "answered_post"),
        ("paired_consenting", "paired"),
    ):
        if flow[small] is not None and flow[large] is not None and flow[small] > flow[large]:
            yield f"Flow: {small} is {flow[small]}, more than {large}, {flow[large]}."


def _competencies(report: Mapping[str, Any]) -> Iterator[str]:
    for row in report["competencies"]:
        yield from _row(row, f"Competency {row['competency']}")
        for time in ("pre", "post"):
            alpha = row[f"alpha_{time}"]
            if alpha is not None and not alpha["low"] - SLACK <= alpha["alpha"] <= alpha["high"] + SLACK:
                yield f"Competency {row['competency']}: alpha {time} lies outside its interval."
