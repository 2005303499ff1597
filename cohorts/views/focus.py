"""A participant chooses a focus competency, sees what they chose, and changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.choosing import Choosing
from cohorts.forms.focus import ChangeFocusForm, ChooseFocusForm
from cohorts.models import CompetencySelection, Membership, ProgramYear
from cohorts.offering import offered_competencies
from cohorts.services.selection_refusals import SelectionRefusedError, refusal_of
from cohorts.services.selections import change_focus, choose_focus, phase_of
from cohorts.trio_words import words_of_mates
from cohorts.views.loading import load_year, participation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def focus(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    member = _participant(request, program_year)
    current, earlier = _choices(member, program_year)
    form = ChooseFocusForm(request.POST or None, offered=offered_competencies(program_year))
    if request.method == "POST" and form.is_valid():
        try:
            choose_focus(by=request.user, membership=member, year=program_year, **form.cleaned_data)
        except SelectionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your focus is kept. You will find it on your start page."))
            return redirect("cohorts:focus", slug=slug, year=year)
    phase = phase_of(program_year)
    open_now = phase is Choosing.NOW and current is None
    context = {
        **_page(program_year, member),
        "form": form if open_now or form.is_bound else None,
        "current": current,
        "earlier": earlier,
        "closed_sentence": "" if open_now or current else refusal_of(program_year, phase),
        "offered": offered_competencies(program_year),
        "mates_words": words_of_mates(member, program_year),
    }
    return render(request, "cohorts/focus.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def focus_change(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    member = _participant(request, program_year)
    current, _earlier = _choices(member, program_year)
    form = ChangeFocusForm(request.POST or None, offered=_others(program_year, current))
    if request.method == "POST" and form.is_valid():
        try:
            change_focus(by=request.user, membership=member, year=program_year, **form.cleaned_data)
        except SelectionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your focus is changed. What you chose before is kept below it."))
            return redirect("cohorts:focus", slug=slug, year=year)
    context = {
        **_page(program_year, member),
        "form": form if (current and program_year.is_open) or form.is_bound else None,
        "current": current,
    }
    return render(request, "cohorts/focus_change.html", context)


def _participant(request: HttpRequest, year: ProgramYear) -> Membership:
    member = participation(request.user, year)
    if member is None:
        raise PermissionDenied
    return member


def _choices(
    member: Membership, year: ProgramYear
) -> tuple[CompetencySelection | None, list[CompetencySelection]]:
    """The current choice of the year, and the earlier ones with the latest first."""
    rows = list(member.selections.filter(program_year=year).select_related("competency"))
    current = next((row for row in rows if row.superseded_at is None), None)
    return current, [row for row in rows if row.superseded_at is not None]


def _others(year: ProgramYear, current: CompetencySelection | None):
    """What a change may turn to: everything on offer but the present focus."""
    offered = offered_competencies(year)
    return offered if current is None else offered.exclude(pk=current.competency_id)


def _page(year: ProgramYear, member: Membership) -> dict[str, Any]:
    return {
        "year": year,
        "cohort": year.cohort,
        "zone": year.cohort.district.time_zone,
        # Whose text a browser keeps, so that the next person at the same desk does not meet it.
        "draft_name": f"{member.pk}-{year.pk}",
        "trail": [
            {"label": year.cohort.name, "url": year.cohort.get_absolute_url()},
            {"label": year.label, "url": year.get_absolute_url()},
        ],
    }
