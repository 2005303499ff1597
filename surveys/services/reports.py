"""Reports of findings: computed once and kept while nothing changes, ordered as files, made by the worker."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from leaderdev.common.dates import day_in_words
from leaderdev.common.documents import making
from leaderdev.common.documents.making import Desk
from leaderdev.common.refusals import RefusedError
from surveys.models import ReportOrder, Survey, Wave
from surveys.permissions import may_see_findings, may_take_responses
from surveys.report import gather
from surveys.report.content import Report
from surveys.report.nearness import WavePair, apart_enough, keys_of

MAKE_TASK = "surveys.tasks.make_report"
# The fingerprint of the answers is part of the name, so this only bounds how long old figures lie about.
KEPT_SECONDS = 24 * 60 * 60
# Raise when a change of the code changes what a report says.
EDITION = 4


@dataclass(frozen=True)
class Findings:
    """`figures` are the JSON; `problems` the cells that contradict each other, which no export passes."""

    report: Report
    figures: dict[str, Any]
    problems: tuple[str, ...]


def readable_pairs(surveys: Sequence[Survey], now: datetime) -> list[list[WavePair]]:
    """For each survey the pairs of waves whose report may be read; one query beside the surveys' waves."""
    every = [wave_pairs(survey, now) for survey in surveys]
    keys = keys_of(every)
    return [
        apart_enough(pairs, keys, survey.smallest_group or gather.SMALLEST)
        for survey, pairs in zip(surveys, every, strict=True)
    ]


def wave_pairs(survey: Survey, now: datetime) -> list[WavePair]:
    """Waves that are over, each with every later one; before and after the program first."""
    # As prefetched: the list of findings asks for all surveys at once.
    waves = sorted(survey.waves.all(), key=lambda wave: (wave.opens_at, wave.pk))
    over = [wave for wave in waves if wave.is_over_at(now)]
    found = [(first, second) for place, first in enumerate(over) for second in over[place + 1 :]]
    return sorted(found, key=lambda pair: (pair[0].kind != "pre", pair[1].kind != "post"))


def check_readable(*, by: Any, pre: Wave, post: Wave, now: datetime) -> None:
    """Raises PermissionDenied for somebody without the right, RefusedError as check_shown."""
    if not may_see_findings(by, pre.survey):
        raise PermissionDenied
    check_shown(pre, post, now)


def check_shown(pre: Wave, post: Wave, now: datetime) -> None:
    """Raises RefusedError for waves of two surveys, while one takes answers, and beside too near a report.

    A report beside an open wave would show, from one hour to the next, what one person has answered.
    """
    if pre.survey_id != post.survey_id or pre.pk == post.pk:
        raise RefusedError(_("A report compares two waves of one survey."))
    for wave in (pre, post):
        if not wave.is_over_at(now):
            raise RefusedError(
                _("“%(wave)s” still takes answers. The report opens once it has closed.")
                % {"wave": wave.title}
            )
    if {pre.pk, post.pk} not in [{wave.pk for wave in pair} for pair in readable_pairs([pre.survey], now)[0]]:
        raise RefusedError(
            _(
                "“%(pre)s” and “%(post)s” were answered by nearly the same people as two other waves. Set "
                "beside that report, this one would show what a few people said, so it is not made."
            )
            % {"pre": pre.title, "post": post.title}
        )


def findings(pre: Wave, post: Wave) -> Findings:
    """The report of two waves, from the cache while no answer, consent or word has changed."""
    name = f"findings:{EDITION}:{get_language()}:{gather.fingerprint(pre, post)}"
    kept = cache.get(name)
    if kept is None:
        kept = _computed(pre, post)
        cache.set(name, kept, KEPT_SECONDS)
    return kept


def _computed(pre: Wave, post: Wave) -> Findings:
    # NumPy and SciPy, which no other page needs.
    from surveys.analysis.bundle import in_order
    from surveys.analysis.checks import problems
    from surveys.analysis.study import study
    from surveys.analysis.study_json import study_json
    from surveys.report.contents import report_of

    data = in_order(gather.data_of(pre, post))
    result = study(data)
    figures = study_json(result, [item.code for item in data.items])
    facts = [
        (_("Cohort"), pre.survey.cohort.name),
        (_("Before"), _wave_fact(pre)),
        (_("After"), _wave_fact(post)),
        (_("Smallest group shown"), str(data.smallest)),
    ]
    return Findings(report_of(result, facts), figures, tuple(problems(figures)))


def _wave_fact(wave: Wave) -> str:
    closed = timezone.localtime(wave.closes_at).date()
    return _("%(wave)s, closed %(day)s") % {"wave": wave.title, "day": day_in_words(closed, closed.min)}


def formats_for(user: Any, survey: Survey) -> list[tuple[str, str]]:
    """The formats a person may order; the bundle holds responses and is for researchers alone."""
    found = [(value, str(label)) for value, label in ReportOrder.Format.choices]
    if may_take_responses(user, survey):
        return found
    return [choice for choice in found if choice[0] != ReportOrder.Format.BUNDLE]


def order_report(*, by: Any, pre: Wave, post: Wave, format: str, paper: str) -> ReportOrder:
    """Order a file. Raises PermissionDenied, and RefusedError as check_readable and for too many orders."""
    check_readable(by=by, pre=pre, post=post, now=timezone.now())
    if format not in dict(formats_for(by, pre.survey)):
        raise PermissionDenied
    return making.order(DESK, by=by, pre=pre, post=post, format=format, paper=paper)


def make_report(*, pk: uuid.UUID) -> bool:
    return making.make(DESK, pk=pk)


def sweep_reports(*, now: datetime) -> int:
    making.forget_expired(DESK, now=now)
    return making.make_due(DESK, now=now)


def file_of(pre: Wave, post: Wave, format: str, *, paper: str = "letter") -> bytes:
    """The bytes of one format. Raises ValueError naming the cells when the report contradicts itself."""
    from surveys.report import writers

    if format == ReportOrder.Format.BUNDLE:
        from surveys.analysis.bundle import write_bundle
        from surveys.bundling import handed_out

        return write_bundle(handed_out(gather.data_of(pre, post)))
    found = findings(pre, post)
    if found.problems:
        raise ValueError(
            _("The report contradicts itself and is not exported.") + " " + " ".join(found.problems)
        )
    return writers.WRITERS[format](found.report, found.figures, paper)


def _render(order: ReportOrder) -> bytes | None:
    waves = Wave.objects.visible_to(order.by).select_related("survey__cohort__district")
    pre, post = waves.filter(pk=order.pre_id).first(), waves.filter(pk=order.post_id).first()
    if pre is None or post is None or not order.by.is_active:
        return None
    try:
        check_readable(by=order.by, pre=pre, post=post, now=timezone.now())
    except (PermissionDenied, RefusedError):
        return None
    if order.format not in dict(formats_for(order.by, pre.survey)):
        return None
    with override(get_language() or "en"):
        return file_of(pre, post, order.format, paper=order.paper)


DESK = Desk(model=ReportOrder, task=MAKE_TASK, render=_render)
