"""The program overview: each cohort's open year in figures, for those who configure it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohorts.models import ProgramYear
from cohorts.permissions import may_configure_some_district
from cohorts.services.overview import percent_of, with_progress
from cohorts.setup import checklists


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    if not may_configure_some_district(request.user):
        raise PermissionDenied
    years = ProgramYear.objects.managed_by(request.user).select_related("cohort__district", "standard")
    rows = list(with_progress(years).order_by("cohort__name", "-starts_on"))
    drafts = [year for year in rows if year.is_draft]
    missing = {found.year.pk: len(found.blocking) for found in checklists(drafts)} if drafts else {}
    for year in rows:
        year.percent_chosen = percent_of(year.chosen_now, year.participants_now)
        year.missing = missing.get(year.pk, 0)
    return render(request, "home/overview.html", {"years": rows})
