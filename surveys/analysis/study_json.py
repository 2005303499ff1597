"""The study as JSON: keys that scripts and a later re-run rely on (docs/statistics.md lists them)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from surveys.analysis.competency_results import CompetencyResult
from surveys.analysis.descriptives import Descriptives
from surveys.analysis.factors import FactorAnalysis
from surveys.analysis.group_results import BaselineRow, GroupResult
from surveys.analysis.item_results import ItemResult
from surveys.analysis.paired import row_json, warnings_of
from surveys.analysis.reliability import Reliability
from surveys.analysis.study import Study
from surveys.analysis.verdicts import Verdict
from surveys.analysis.wilcoxon import TableRow

VERSION = 1


def study_json(study: Study, kept: list[str]) -> dict[str, Any]:
    """Plain values only. `kept` are the codes of the instrument's statements, against which items are
    checked."""
    return {
        "version": VERSION,
        "survey": study.data_title,
        "wave_pre": study.wave_pre,
        "wave_post": study.wave_post,
        "smallest_group": study.smallest,
        "hidden": study.hidden,
        "flow": asdict(study.flow),
        "items_kept": kept,
        "items": [_item(each) for each in study.items],
        "competencies": [_competency(each) for each in study.competencies],
        "baseline": [_baseline(each) for each in study.baseline],
        "baseline_hidden": study.baseline_hidden,
        "switched_share": study.switched_share,
        "stayers": _group(study.stayers),
        "switchers": _group(study.switchers),
        "changes_of_groups": [_baseline(each)["test"] for each in study.groups],
        "own_focus": None
        if study.focus is None
        else {
            "n": study.focus.n,
            "own": full_row(study.focus.own),
            "others": full_row(study.focus.others),
            "difference": full_row(study.focus.difference),
        },
        "then": [
            {
                "item": each.item.code,
                "from_pre": full_row(each.from_pre),
                "from_then": full_row(each.from_then),
                "pre_to_then": full_row(each.pre_to_then),
            }
            for each in study.then
        ],
        "factors": _factors(study.factors),
        "factors_refusal": study.factors_refusal,
        "components": _factors(study.components),
        "warnings": [] if study.hidden else warnings_of(study.table),
    }


def full_row(row: TableRow) -> dict[str, Any]:
    """A row of the command line's keys, with Holm's correction of the exact p and the interval."""
    test = row.test
    interval = test.interval if test else None
    return {
        **row_json(row),
        "hidden": row.hidden,
        "p_holm_exact": row.p_holm_exact,
        "rank_biserial_low": interval.low if interval else None,
        "rank_biserial_high": interval.high if interval else None,
        "r_of_pairs": test.r_of_pairs if test else None,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"outcome": str(verdict.outcome), "depends_on_convention": verdict.depends}


def _item(result: ItemResult) -> dict[str, Any]:
    return {
        **full_row(result.row),
        "text": result.item.text,
        "competency": result.item.competency,
        "pre": _descriptives(result.pre),
        "post": _descriptives(result.post),
        "shift": result.shift.estimate if result.shift else None,
        "verdict": _verdict(result.verdict),
    }


def _descriptives(found: Descriptives) -> dict[str, Any]:
    return {
        "n": None if found.hidden else found.n,
        "missing": dict(found.missing),
        "levels": [asdict(level) for level in found.levels] if found.levels else None,
        "median": found.median,
        "quartiles": list(found.quartiles) if found.quartiles else None,
        "mean": found.mean,
        "sd": found.sd,
    }


def _competency(result: CompetencyResult) -> dict[str, Any]:
    return {
        **full_row(result.row),
        "competency": result.competency,
        "items": list(result.codes),
        "alpha_pre": _alpha(result.pre),
        "alpha_pre_refusal": result.pre_refusal,
        "alpha_post": _alpha(result.post),
        "alpha_post_refusal": result.post_refusal,
        "median_pre": result.median_pre,
        "median_post": result.median_post,
        "verdict": _verdict(result.verdict),
    }


def _alpha(found: Reliability | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "n_dropped": found.n_dropped,
        "alpha": found.alpha,
        "low": found.interval.low,
        "high": found.interval.high,
        "standardized_alpha": found.standardized_alpha,
        "spearman_brown": found.spearman_brown,
        "omega": found.omega,
        # Without means and spreads: they are of those who answered the whole scale, and set beside the means
        # of everybody who answered a statement they would tell what the few others said.
        "items": [
            {
                "place": item.place,
                "item_total_correlation": item.item_total_correlation,
                "alpha_if_deleted": item.alpha_if_deleted,
            }
            for item in found.items
        ],
    }


def _baseline(row: BaselineRow) -> dict[str, Any]:
    return {
        "item": row.item.code,
        "n_paired": None if row.paired.hidden else row.paired.n,
        "n_alone": None if row.alone.hidden else row.alone.n,
        "median_paired": row.paired.median,
        "median_alone": row.alone.median,
        "test": {
            "item": row.item.code,
            "refusal": row.refusal,
            **({} if row.test is None else asdict(row.test)),
        },
    }


def _group(group: GroupResult) -> dict[str, Any]:
    return {"n": group.n, "hidden": group.hidden, "items": [full_row(row) for row in group.rows]}


def _factors(found: FactorAnalysis | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)
