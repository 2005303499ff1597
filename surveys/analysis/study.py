"""The study of two waves: everything the report prints, computed from plain arrays. No names, no wording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.analysis.competency_results import CompetencyResult, competency_results
from surveys.analysis.factor_results import factor_results
from surveys.analysis.factors import FactorAnalysis
from surveys.analysis.focus_results import FocusResult, focus_result
from surveys.analysis.group_results import BaselineRow, GroupResult, baseline_rows, change_rows, focus_groups
from surveys.analysis.item_results import ItemResult, item_result
from surveys.analysis.protection import shown_table
from surveys.analysis.study_data import Flow, StudyData, present, refuse_shapes, without_people
from surveys.analysis.then_results import ThenResult, then_results
from surveys.analysis.wilcoxon import SignedRankTable


@dataclass(frozen=True)
class Study:
    """`hidden`: fewer pairs than the smallest group, so that nothing but the flow may be shown."""

    data_title: str
    wave_pre: str
    wave_post: str
    smallest: int
    flow: Flow
    hidden: bool
    table: SignedRankTable
    items: tuple[ItemResult, ...]
    competencies: tuple[CompetencyResult, ...]
    baseline: tuple[BaselineRow, ...]
    baseline_hidden: bool
    alone: int
    switched_share: float | None
    stayers: GroupResult
    switchers: GroupResult
    groups: tuple[BaselineRow, ...]
    focus: FocusResult | None
    then: tuple[ThenResult, ...]
    factors: FactorAnalysis | None
    factors_refusal: str
    factors_n: int
    components: FactorAnalysis | None


def study(data: StudyData) -> Study:
    """Compute every figure of the report. Raises ValueError when the arrays do not fit the items."""
    refuse_shapes(data)
    n = len(data.pre)
    hidden = n < data.smallest
    if hidden:
        data = without_people(data)
    codes = [item.code for item in data.items]
    pre, post = present(data.pre), present(data.post)
    table = shown_table(pre, post, codes, data.smallest)
    whole, whole_refusal, components = factor_results(data)
    switched = np.array(data.switched, dtype=int)
    alone = len(data.alone_pre)
    show_alone = alone >= data.smallest and not hidden
    stay, switch = focus_groups(data, pre, post, switched, codes)
    return Study(
        data_title=data.title,
        wave_pre=data.wave_pre,
        wave_post=data.wave_post,
        smallest=data.smallest,
        flow=data.flow.shown(data.smallest),
        hidden=hidden,
        table=table,
        items=()
        if hidden
        else tuple(item_result(data, place, table.rows[place]) for place in range(len(codes))),
        competencies=() if hidden else tuple(competency_results(data, pre, post)),
        baseline=tuple(baseline_rows(data, data.pre, data.alone_pre)) if show_alone else (),
        baseline_hidden=not show_alone and alone > 0,
        alone=alone,
        switched_share=None if stay.hidden else float((switched == 1).sum() / (switched >= 0).sum()),
        stayers=stay,
        switchers=switch,
        groups=() if stay.hidden or switch.hidden else tuple(change_rows(data, pre, post, switched)),
        focus=None if hidden else focus_result(data, pre, post),
        then=() if hidden else tuple(then_results(data, pre, post)),
        factors=whole,
        factors_refusal=whole_refusal,
        factors_n=len(data.pre) + len(data.alone_pre),
        components=components,
    )
