"""What changed, competency by competency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leaderdev.common.charts.dumbbell import Dumbbell, dumbbell_chart
from surveys.report import methods, words
from surveys.report.content import Block, Method, Picture, Section, Table, Words

if TYPE_CHECKING:
    from surveys.analysis.study import Study


def competencies(study: Study) -> Section:
    if not study.competencies:
        return Section("competencies", "", ())
    levels = study.items[0].item.levels
    chart = dumbbell_chart(
        "medians",
        _("Median of people’s own means, before and after, for each competency."),
        levels,
        [Dumbbell(each.competency, each.median_pre, each.median_post) for each in study.competencies],
        (_("Competency"), _("Before"), _("After")),
        words.DASH,
    )
    table = Table(
        "competencies",
        _("People’s own means for each competency, before and after."),
        (
            (_("Competency"), False),
            ("n", True),
            (_("median before"), True),
            (_("median after"), True),
            ("z", True),
            (_("exact p"), True),
            (_("Holm p"), True),
            (_("rank-biserial"), True),
            (_("Reading"), False),
        ),
        tuple(
            (
                each.competency,
                words.hidden() if each.row.hidden else str(each.row.n),
                words.figure(each.median_pre),
                words.figure(each.median_post),
                words.figure(each.row.test.z if each.row.test else None),
                words.probability(each.row.test.p_exact if each.row.test else None),
                words.probability(each.row.p_holm),
                words.figure(each.row.test.rank_biserial if each.row.test else None),
                words.verdict(each),
            )
            for each in study.competencies
        ),
    )
    blocks: list[Block] = [Words(words.about_competency(each), "finding") for each in study.competencies]
    return Section(
        "competencies",
        _("What changed, competency by competency"),
        (*blocks, Picture("medians", chart), table, Method(methods.middles())),
    )
