"""How often each level was chosen; middle and spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report import methods, words
from surveys.report.content import Method, Section, Table, Words
from surveys.report.sections.cells import label_of

if TYPE_CHECKING:
    from surveys.analysis.descriptives import Descriptives
    from surveys.analysis.item_results import ItemResult
    from surveys.analysis.study import Study


def levels(study: Study) -> Section:
    columns = (
        (_("Statement"), False),
        (_("When"), False),
        ("n", True),
        (_("not answered"), False),
        (_("median"), True),
        (_("quartiles"), True),
        (_("mean"), True),
        (_("sd"), True),
        (_("typical shift"), True),
    )
    rows: list[tuple[str, ...]] = []
    for result in study.items:
        for when, part in ((_("before"), result.pre), (_("after"), result.post)):
            ends = part.quartiles
            last = words.figure(result.shift.estimate, 1) if result.shift and part is result.post else ""
            rows.append(
                (
                    label_of(result),
                    when,
                    words.counted(part),
                    words.DASH if part.hidden else _missing(part.missing),
                    words.middle(part.median),
                    f"{words.middle(ends[0])}; {words.middle(ends[1])}" if ends else words.DASH,
                    words.figure(part.mean),
                    words.figure(part.sd),
                    last,
                )
            )
    table = Table("middles", _("Middle and spread of the paired answers."), columns, tuple(rows))
    return Section(
        "frequencies",
        _("How often each level was chosen; middle and spread"),
        (*_hidden_levels(study), *_levels(study), table, Method(methods.middles())),
    )


def _hidden_levels(study: Study) -> list[Words]:
    """Why level counts are missing, where they are."""
    from surveys.analysis.protection import levels_need

    hidden = [result.item for result in study.items if not (result.pre.levels and result.post.levels)]
    if not hidden:
        return []
    need = max(levels_need(len(item.levels), study.smallest) for item in hidden)
    text = _(
        "How many chose each level is shown from %(need)d answers to a statement on. With fewer, colleagues "
        "could guess who stands where. The middle answer and the changes are shown all the same."
    ) % {"need": need}
    return [Words(text, "caution")]


def _levels(study: Study) -> list[Table]:
    """Counts and percent of each level, a table for each scale that the statements have."""
    scales: dict[tuple[str, ...], list[ItemResult]] = {}
    for result in study.items:
        scales.setdefault(result.item.levels, []).append(result)
    found = []
    for place, (levels, results) in enumerate(scales.items(), start=1):
        rows = tuple(
            (label_of(result), when, *_cells(part, len(levels)))
            for result in results
            for when, part in ((_("before"), result.pre), (_("after"), result.post))
        )
        if not any(result.pre.levels or result.post.levels for result in results):
            continue
        columns = ((_("Statement"), False), (_("When"), False), *((level, True) for level in levels))
        caption = _("How often each level was chosen by the pairs (percent of those who answered).")
        found.append(Table(f"frequencies-{place}", caption, columns, rows))
    return found


def _cells(part: Descriptives, number: int) -> list[str]:
    """One a level; `number` of them where they may not be shown."""
    if not part.levels:
        return [words.hidden()] * number
    return [f"{level.count} ({level.percent:.0f} %)" for level in part.levels]


def _missing(missing: Sequence[tuple[str, int]]) -> str:
    names = {
        "not asked": _("not asked"),
        "prefer not to answer": _("preferred not to"),
        "skipped": _("skipped"),
        "no answer": _("no answer"),
    }
    return ", ".join(f"{count} {names[name]}" for name, count in missing if count) or "0"
