"""What changed, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leaderdev.common.charts import Chart
from leaderdev.common.charts.likert import LikertItem, Strip, likert_chart
from surveys.report import methods, words
from surveys.report.content import Block, Method, Picture, Section, Table
from surveys.report.sections.cells import COUNTS, by_competency, label_of, test_cells

if TYPE_CHECKING:
    from surveys.analysis.descriptives import Descriptives
    from surveys.analysis.item_results import ItemResult
    from surveys.analysis.study import Study


def statements(study: Study) -> Section:
    columns = (
        (_("Statement"), False),
        *COUNTS,
        ("z", True),
        ("p", True),
        (_("exact p"), True),
        (_("Holm p"), True),
        (_("rank-biserial"), True),
        (_("95 % interval"), True),
        (_("Reading"), False),
    )
    rows: list[tuple[str, ...]] = []
    for name, results in by_competency(study.items):
        rows.append((name or _("Other statements"),))
        rows += [(label_of(result), *test_cells(result.row), words.verdict(result)) for result in results]
    table = Table(
        "items",
        _("Paired answers, statement by statement (Wilcoxon signed-rank test)."),
        columns,
        tuple(rows),
        (
            _(
                "* p under 0.05. z is positive where answers rose; every z above zero is, in SPSS’s words, "
                "%(words)s."
            )
            % {"words": _("“based on negative ranks”")},
        ),
    )
    pictures: list[Block] = []
    for place, (name, results) in enumerate(by_competency(study.items), start=1):
        if not any(result.pre.levels or result.post.levels for result in results):
            continue
        pictures.append(Picture(f"answers-{place}", _answers(f"answers-{place}", name, results)))
    return Section(
        "items",
        _("What changed, statement by statement"),
        (table, Method(methods.signed_rank()), *pictures),
    )


def _answers(key: str, name: str, results: Sequence[ItemResult]) -> Chart:
    levels = results[0].item.levels
    items = [
        LikertItem(
            label_of(result),
            (
                Strip(_("Before"), _counts(result.pre)),
                Strip(_("After"), _counts(result.post)),
            ),
        )
        for result in results
        if result.item.levels == levels
    ]
    caption = _("%(name)s: answers of the pairs before and after.") % {"name": name or _("Other statements")}
    return likert_chart(key, caption, levels, items, (_("Statement"), _("When")), words.hidden())


def _counts(part: Descriptives) -> tuple[int, ...] | None:
    """Of each level; None where they may not be shown."""
    return tuple(level.count for level in part.levels) or None
