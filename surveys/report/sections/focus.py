"""For whom: those who kept their focus and those who changed it; the own focus beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report import methods, words
from surveys.report.content import Method, Section, Table, Words
from surveys.report.sections.cells import label_of, test_cells, test_columns

if TYPE_CHECKING:
    from surveys.analysis.study import Study
    from surveys.analysis.wilcoxon import TableRow


def switching(study: Study) -> Section:
    from surveys.analysis.group_results import SWITCHED_WARNING

    title = _("Those who kept their focus, and those who changed it")
    if study.stayers.hidden or study.switched_share is None:
        text = _(
            "One of the two groups has fewer than %(smallest)d people, or is not known for some; neither is "
            "shown."
        ) % {"smallest": study.smallest}
        return Section("switching", title, (Words(text, "caution"),))
    tone = "caution" if study.switched_share > SWITCHED_WARNING else "finding"
    rows = [
        (
            label_of(result),
            *_side(stay),
            *_side(move),
            words.probability(group.test.p_asymptotic if group.test else None),
        )
        for result, stay, move, group in zip(
            study.items, study.stayers.rows, study.switchers.rows, study.groups, strict=True
        )
    ]
    half = (("n", True), ("− / + / =", True), ("z", True), (_("exact p"), True))
    table = Table(
        "switching",
        _("The paired test for each group; last, whether their changes differ (Mann–Whitney, p)."),
        ((_("Statement"), False), *half, *half, (_("apart"), True)),
        tuple(rows),
        spans=(("", 1), (_("kept their focus"), 4), (_("changed it"), 4), ("", 1)),
    )
    text = words.about_switching(study.switched_share, SWITCHED_WARNING)
    return Section("switching", title, (Words(text, tone), table, Method(methods.groups())))


def _side(row: TableRow) -> tuple[str, ...]:
    if row.hidden:
        return (words.hidden(), *[words.DASH] * 3)
    return (
        str(row.n),
        f"{row.negative} / {row.positive} / {row.tied}",
        words.figure(row.test.z if row.test else None),
        words.probability(row.test.p_exact if row.test else None),
    )


def own_focus(study: Study) -> Section:
    title = _("One’s own focus beside the other competencies")
    if study.focus is None:
        text = _("Too few people have a known focus with statements of its own.")
        return Section("focus", title, (Words(text, "caution"),))
    found = study.focus
    table = Table(
        "focus",
        _("People’s means in their own focus competency (as chosen before) and in the others."),
        ((_("Competencies"), False), *test_columns()),
        (
            (_("own focus"), *test_cells(found.own)),
            (_("the others"), *test_cells(found.others)),
            (_("own change beside the others’"), *test_cells(found.difference)),
        ),
    )
    return Section("focus", title, (Words(words.about_focus(found), "finding"), table))
