"""How reliable the scales are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report import methods, words
from surveys.report.content import Method, Section, Table, Words

if TYPE_CHECKING:
    from surveys.analysis.reliability import Reliability
    from surveys.analysis.study import Study

TWO = "†"


def reliability(study: Study) -> Section:
    rows = []
    below = []
    twos = False
    for each in study.competencies:
        for when, found, refusal in (
            (_("before"), each.pre, each.pre_refusal),
            (_("after"), each.post, each.post_refusal),
        ):
            rows.append((each.competency, when, *_alpha(found, refusal)))
            if found is not None and not found.reaches_line:
                below.append(f"{each.competency} ({when})")
            twos = twos or bool(found is not None and found.spearman_brown is not None)
    if not rows:
        return Section("reliability", "", ())
    table = Table(
        "reliability",
        _("Do the statements of a competency hang together? Everybody’s answers in each wave."),
        (
            (_("Competency"), False),
            (_("When"), False),
            ("n", True),
            (_("alpha"), True),
            (_("95 % interval"), True),
            (_("omega"), True),
            (_("0.700"), False),
        ),
        tuple(rows),
        (
            _("%(sign)s Two statements: Spearman–Brown in place of alpha; interval and line are alpha’s.")
            % {"sign": TWO},
        )
        if twos
        else (),
    )
    text = (
        _(
            "Below the study’s line of 0.700: %(names)s. Read these statements one by one rather than as one "
            "figure."
        )
        % {"names": "; ".join(below)}
        if below
        else _("All competencies reach the study’s line of 0.700 in both waves.")
    )
    return Section(
        "reliability",
        _("How reliable the scales are"),
        (Words(text, "finding"), table, Method(methods.reliability())),
    )


def _alpha(found: Reliability | None, refusal: str) -> tuple[str, ...]:
    if found is None:
        return (words.DASH, words.DASH, words.DASH, words.DASH, refusal)
    coefficient = found.alpha if found.spearman_brown is None else found.spearman_brown
    line = _("reached") if found.reaches_line else _("below")
    two = TWO if found.spearman_brown is not None else ""
    return (
        str(found.n),
        f"{coefficient:.3f}{two}",
        words.interval(found.interval.low, found.interval.high),
        words.figure(found.omega, 3),
        line,
    )
