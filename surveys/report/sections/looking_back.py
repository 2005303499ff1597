"""The answer before beside the same looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report.content import Section, Table, Words
from surveys.report.sections.cells import test_cells, test_columns

if TYPE_CHECKING:
    from surveys.analysis.study import Study


def looking_back(study: Study) -> Section:
    if not study.then:
        return Section("then", "", ())
    text = _(
        "Asked afterwards how they would have answered at the start, people may place their past selves "
        "lower or higher "
        "than they did then: their idea of the levels has moved. The answer given before stays the measure; "
        "looking "
        "back stands beside it, never instead."
    )
    rows = []
    for each in study.then:
        rows.append((f"{each.item.code}. {each.item.text}",))
        rows += [
            (_("before → after"), *test_cells(each.from_pre)),
            (_("looking back → after"), *test_cells(each.from_then)),
            (_("before → looking back"), *test_cells(each.pre_to_then)),
        ]
    table = Table(
        "then",
        _("The answer before, and the same looking back."),
        ((_("Comparison"), False), *test_columns()),
        tuple(rows),
    )
    return Section("then", _("Looking back"), (Words(text, "caution"), table))
