"""Setting up a program year: the checklist, and the four moves of a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cohorts import permissions
from cohorts.models import ProgramYear
from cohorts.services import years
from cohorts.services.errors import RefusedError
from cohorts.services.invite_members import invite_waiting, waiting_for_invitation
from cohorts.setup import checklist


@login_required
@require_safe
def year_setup(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    return render(
        request,
        "cohorts/year_setup.html",
        {
            "year": found,
            "checklist": checklist(found) if found.is_draft else None,
            "moves": permissions.moves_of_year(request.user, found),
            "trail": [
                {
                    "label": str(found.cohort),
                    "url": reverse("admin:cohorts_cohort_change", args=[found.cohort_id]),
                }
            ],
        },
    )


@login_required
def year_open(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    words = _("%(year)s is open. Participants see it from now on.") % {"year": found}
    return _move(request, found, years.open_program_year, words)


@login_required
def year_close(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    if request.method != "POST":
        return render(request, "cohorts/year_close.html", {"year": found, "setup_url": _setup_url(found)})
    words = _("%(year)s is closed. Everything stays readable.") % {"year": found}
    return _move(request, found, years.close_program_year, words)


@login_required
def year_invite(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    if request.method != "POST":
        people = waiting_for_invitation(found.cohort)
        context = {"year": found, "people": people, "setup_url": _setup_url(found)}
        return render(request, "cohorts/year_invite.html", context)
    n = invite_waiting(by=request.user, cohort=found.cohort)
    words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", n)
    messages.success(request, words % {"n": n})
    return redirect(_setup_url(found))


@login_required
def year_reopen(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    words = _("%(year)s is open again.") % {"year": found}
    return _move(request, found, years.reopen_program_year, words)


@login_required
def year_copy(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = _year(request, slug, year)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        copied = years.copy_to_next_year(by=request.user, year=found)
    except RefusedError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, _("%(year)s is there as a draft. Read its checklist.") % {"year": copied.year})
    if copied.left_behind:
        words = _("The newer version of the standard has no counterpart for: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(copied.left_behind)})
    return redirect(_setup_url(copied.year))


def _year(request: HttpRequest, slug: str, year: str) -> ProgramYear:
    """The year for somebody who may configure it: 404 for strangers, 403 for other members."""
    seen = ProgramYear.objects.visible_to(request.user).select_related("cohort__district", "calendar")
    found = get_object_or_404(seen, cohort__slug=slug, slug=year)
    if not permissions.may_configure_year(request.user, found):
        raise PermissionDenied
    return found


def _move(request: HttpRequest, year: ProgramYear, service: Callable[..., Any], done: str) -> HttpResponse:
    """Carry a move out; only a form moves a year, a link never does."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        service(by=request.user, year=year)
    except RefusedError as refusal:
        return _refused(request, year, refusal)
    messages.success(request, done)
    return redirect(_setup_url(year))


def _refused(request: HttpRequest, year: ProgramYear, refusal: RefusedError) -> HttpResponse:
    for sentence in refusal.sentences:
        messages.error(request, sentence)
    return redirect(_setup_url(year))


def _setup_url(year: ProgramYear) -> str:
    return reverse("cohorts:year_setup", args=[year.cohort.slug, year.slug])
