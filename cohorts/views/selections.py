"""Who has chosen which focus competency, for program leads and facilitators; never why."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cohorts.choosing import Choosing
from cohorts.models import ProgramYear
from cohorts.permissions import may_configure_year, may_see_who_chose
from cohorts.selection_table import as_csv
from cohorts.services.overview import SelectionOverview, selection_overview
from cohorts.services.selection_refusals import SelectionRefusedError
from cohorts.services.selection_reminders import remind_to_choose
from cohorts.services.selections import phase_of
from cohorts.views.loading import load_year
from leaderdev.common.charts import Bar, Chart, bar_chart


def _seen(request: HttpRequest, slug: str, year: str) -> ProgramYear:
    program_year = load_year(request.user, slug, year)
    if not may_see_who_chose(request.user, program_year):
        raise PermissionDenied
    return program_year


@login_required
@require_safe
def selections(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = _seen(request, slug, year)
    overview = selection_overview(program_year)
    phase = phase_of(program_year)
    context = {
        "year": program_year,
        "cohort": program_year.cohort,
        "zone": program_year.cohort.district.time_zone,
        "overview": overview,
        "stats": _stats(overview),
        "chart": _chart(overview) if overview.offered else None,
        "configures": may_configure_year(request.user, program_year),
        "choosing_now": phase is Choosing.NOW,
        "choosing_over": phase is Choosing.OVER,
        "trail": [
            {"label": program_year.cohort.name, "url": program_year.cohort.get_absolute_url()},
            {"label": program_year.label, "url": program_year.get_absolute_url()},
        ],
    }
    return render(request, "cohorts/selections.html", context)


@login_required
def remind(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    if not may_configure_year(request.user, program_year):
        raise PermissionDenied
    # After the question who asks: a stranger shall not learn from a 405 that the year exists.
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        sent = remind_to_choose(by=request.user, year=program_year)
    except SelectionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        told = ngettext("%(sent)d person gets a mail now.", "%(sent)d people get a mail now.", sent)
        nobody = _("Nobody is left to remind today: each of them had a mail already.")
        messages.success(request, told % {"sent": sent} if sent else nobody)
    return redirect("cohorts:selections", slug=slug, year=year)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = _seen(request, slug, year)
    response = HttpResponse(as_csv(selection_overview(program_year)), content_type="text/csv; charset=utf-8")
    name = f"{program_year.cohort.slug}-{program_year.slug}-focus.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _stats(overview: SelectionOverview) -> list[dict[str, object]]:
    everyone = len(overview.rows)
    found: list[dict[str, object]] = [
        {
            "value": len(overview.chosen),
            "unit": _("of %(all)d") % {"all": everyone},
            "label": _("participants have chosen"),
        },
        {
            "value": len(overview.changed_within),
            "label": _("changed their focus within the year"),
            "unit": "",
        },
    ]
    if overview.previous is not None and overview.in_both:
        words = {"all": len(overview.in_both), "percent": overview.changed_percent}
        found.append(
            {
                "value": len(overview.changed_between),
                "unit": _("of %(all)d (%(percent)d %%)") % words,
                "label": _("who chose in %(before)s too have another focus now")
                % {"before": overview.previous.label},
            }
        )
    return found


def _chart(overview: SelectionOverview) -> Chart:
    return bar_chart(
        "focus-counts",
        _("How many participants chose each competency"),
        [Bar(label=competency.coded_label, value=people) for competency, people in overview.counts],
        (_("Competency"), _("People")),
    )
