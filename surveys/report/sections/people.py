"""Who took part, and whom the pairs stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leaderdev.common.charts.flow import Step, flow_chart
from surveys.report import methods, words
from surveys.report.content import Method, Picture, Section, Table, Words

if TYPE_CHECKING:
    from surveys.analysis.study import Study
    from surveys.analysis.study_data import Flow


def who(study: Study) -> Section:
    flow = study.flow
    chart = flow_chart(
        "flow", _("From the people asked to the pairs in the tables."), _steps(flow), (_("Step"), _("People"))
    )
    return Section("who", _("Who took part"), (Picture("flow", chart),))


def _steps(flow: Flow) -> list[Step]:
    def share(part: int, whole: int) -> str:
        return _("%(percent)d %% of those asked") % {"percent": round(100 * part / whole)} if whole else ""

    return [
        Step(_("Asked before"), str(flow.invited_pre)),
        Step(_("Answered before"), str(flow.answered_pre), share(flow.answered_pre, flow.invited_pre)),
        Step(_("Answered after"), str(flow.answered_post), share(flow.answered_post, flow.invited_post)),
        Step(
            _("Pairs in this report"),
            str(flow.paired_consenting),
            _("answered both times and agreed to research"),
        ),
    ]


def baseline(study: Study) -> Section:
    title = _("Do the pairs stand for everybody who began?")
    if study.baseline_hidden:
        text = _("Those who could not be paired are fewer than %(smallest)d; they are not shown.") % {
            "smallest": study.smallest
        }
        return Section("baseline", title, (Words(text, "caution"),))
    if not study.baseline:
        return Section("baseline", title, ())
    apart = [row.item.code for row in study.baseline if row.test and row.test.p_asymptotic < 0.05]
    text = (
        ngettext(
            "Before the program, paired and unpaired people answered differently on statement %(items)s.",
            "Before the program, paired and unpaired people answered differently on statements %(items)s.",
            len(apart),
        )
        % {"items": words.listed(apart)}
        if apart
        else _(
            "Before the program, paired and unpaired people differ on no statement more than chance would "
            "have it."
        )
    )
    table = Table(
        "baseline",
        _("Answers before: people who could be paired beside those who could not."),
        (
            (_("Statement"), False),
            ("n", True),
            (_("median"), True),
            ("n", True),
            (_("median"), True),
            ("z", True),
            ("p", True),
            (_("share"), True),
        ),
        tuple(
            (
                f"{row.item.code}. {row.item.text}",
                words.counted(row.paired),
                words.middle(row.paired.median),
                words.counted(row.alone),
                words.middle(row.alone.median),
                words.figure(row.test.z if row.test else None),
                words.probability(row.test.p_asymptotic if row.test else None),
                words.figure(row.test.share if row.test else None),
            )
            for row in study.baseline
        ),
        spans=(("", 1), (_("paired"), 2), (_("not paired"), 2), ("", 3)),
    )
    return Section("baseline", title, (Words(text, "finding"), table, Method(methods.groups())))
