"""The report's sections, in the order a reader asks: what, who, how reliable, what changed, for whom, how
known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report.content import Report
from surveys.report.sections import (
    competencies,
    factors,
    focus,
    levels,
    looking_back,
    people,
    reliability,
    statements,
    summary,
)

if TYPE_CHECKING:
    from surveys.analysis.study import Study


def report_of(study: Study, facts: Sequence[tuple[str, str]] = ()) -> Report:
    """Everything that may be shown, in the words of the active language."""
    if study.hidden:
        sections = [summary.too_few(study)]
    else:
        sections = [
            summary.findings(study),
            people.who(study),
            statements.statements(study),
            competencies.competencies(study),
            reliability.reliability(study),
            levels.levels(study),
            people.baseline(study),
            focus.switching(study),
            focus.own_focus(study),
            looking_back.looking_back(study),
            factors.factors(study),
        ]
    title = _("%(survey)s: %(pre)s and %(post)s") % {
        "survey": study.data_title,
        "pre": study.wave_pre,
        "post": study.wave_post,
    }
    return Report(title, tuple(facts), tuple(section for section in sections if section.blocks))
