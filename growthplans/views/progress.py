"""How far a cohort's plans have come, for its leads: counts, and never a plan or a name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohorts.models import ProgramYear
from cohorts.permissions import may_configure_year
from cohorts.views.loading import load_year
from growthplans.progress import WITH_COACHING, WITHOUT, Group, Steps
from growthplans.services.progress import YearProgress, progress_of
from leaderdev.common.charts import Chart, Part, stacked_bar


@login_required
@require_safe
def progress(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    if not may_configure_year(request.user, program_year):
        raise PermissionDenied
    found = progress_of(program_year)
    choices = list(
        ProgramYear.objects.earlier_in_district(program_year).exclude(state=ProgramYear.State.DRAFT)
    )
    before = _chosen(request.GET.get("with", ""), choices, program_year)
    earlier = progress_of(before) if before is not None else None
    steps = found.progress.overall.steps
    context = {
        "year": program_year,
        "progress": found.progress,
        "stats": _stats(found.progress.overall),
        "chart": _chart(steps) if steps is not None and steps.planned else None,
        "rows": _rows(found),
        "compared": _compared(found, earlier) if earlier is not None else [],
        "before": before,
        "choices": choices,
        "with_coaching": WITH_COACHING,
        "without": WITHOUT,
        "trail": [
            {"label": program_year.cohort.name, "url": program_year.cohort.get_absolute_url()},
            {"label": program_year.label, "url": program_year.get_absolute_url()},
        ],
    }
    return render(request, "growthplans/progress.html", context)


def _stats(group: Group) -> list[dict[str, Any]]:
    if group.plans is None:
        return []
    plans = group.plans
    whole = _("of %(all)d") % {"all": plans.drafted}
    return [
        {"value": plans.drafted, "label": _("plans begun"), "unit": ""},
        {"value": plans.shared, "label": _("shared for feedback"), "unit": whole},
        {"value": plans.read, "label": _("read by a reviewer"), "unit": whole},
        {"value": plans.check_ins_held, "label": _("check-ins held"), "unit": ""},
    ]


def _chart(steps: Steps) -> Chart:
    begun = steps.done + steps.on_schedule + steps.delayed + steps.dropped
    parts = [
        Part(_("Done"), steps.done, "good"),
        Part(_("On schedule"), steps.on_schedule, "info"),
        Part(_("Planned, not begun"), steps.planned - begun, "quiet"),
        Part(_("Delayed"), steps.delayed, "warn"),
        Part(_("Dropped"), steps.dropped, "bad"),
    ]
    return stacked_bar(
        "step-states", _("Steps of all shared plans, by where they stand"), parts, (_("State"), _("Steps"))
    )


def _rows(found: YearProgress) -> list[dict[str, Any]]:
    """One row for the cohort and one for each competency; a hidden figure is None."""
    groups = [(_("All competencies"), found.progress.overall)]
    groups += [
        (node.coded_label, group)
        for node, group in zip(found.competencies, found.progress.groups, strict=True)
    ]
    return [{"name": name, "plans": group.plans, "steps": group.steps} for name, group in groups]


def _chosen(wanted: str, choices: list[ProgramYear], year: ProgramYear) -> ProgramYear | None:
    """The year to compare with: the one that is asked for, else the nearest of this cohort, else of any."""
    asked = [each for each in choices if str(each.pk) == wanted]
    own = [each for each in choices if each.cohort_id == year.cohort_id]
    return next(iter([*asked, *own, *choices]), None)


def _compared(found: YearProgress, earlier: YearProgress) -> list[dict[str, Any]]:
    """The whole and each competency of now, beside the same one of the earlier year. Each year hides its
    own small groups; a competency that the earlier year did not offer has None."""
    then = {node.pk: group for node, group in zip(earlier.competencies, earlier.progress.groups, strict=True)}
    rows = [(_("All competencies"), found.progress.overall, earlier.progress.overall)]
    rows += [
        (node.coded_label, group, then.get(node.pk))
        for node, group in zip(found.competencies, found.progress.groups, strict=True)
    ]
    return [{"name": name, "now": now, "before": before} for name, now, before in rows]
