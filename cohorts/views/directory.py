"""Who belongs to the cohort: names, posts, schools and the focus of the year."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cohorts.directory import Entry, former_members, people_of
from cohorts.forms.directory import DirectoryFilter
from cohorts.permissions import may_configure_district
from cohorts.views.loading import current_year, load_cohort

PAGE_SIZE = 50


@login_required
@require_safe
def directory(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_cohort(request.user, slug)
    year = current_year(request.user, cohort)
    form = DirectoryFilter(request.GET or None, cohort=cohort, year=year)
    page = Paginator(form.narrow(people_of(cohort, year)), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "year": year,
        "form": form,
        "page_obj": page,
        "entries": [Entry(leader) for leader in page.object_list],
        "configures": may_configure_district(request.user, cohort.district),
        "trail": [{"label": cohort.name, "url": cohort.get_absolute_url()}],
    }
    return render(request, "cohorts/directory.html", context)


@login_required
@require_safe
def former(request: HttpRequest, slug: str) -> HttpResponse:
    """People who have left, for those who configure the district: colleagues need no list of departures."""
    cohort = load_cohort(request.user, slug)
    if not may_configure_district(request.user, cohort.district):
        raise PermissionDenied
    page = Paginator(former_members(cohort), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "page_obj": page,
        "trail": [{"label": cohort.name, "url": cohort.get_absolute_url()}],
    }
    return render(request, "cohorts/former_members.html", context)
