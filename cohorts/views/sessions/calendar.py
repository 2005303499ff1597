"""The year's sessions as a list, and generating and moving them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cohorts import permissions
from cohorts.featured import featured_in
from cohorts.forms.sessions.planning import MoveForm, PlanYearForm, RulesForm
from cohorts.models import LearningSession
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.agenda import save_rules
from cohorts.services.sessions.years import generate_year, move_session, propose, rules_of
from cohorts.views.loading import load_cohort, load_year
from cohorts.views.sessions.loading import load_session, trail_of, trail_of_year
from cohorts.year_line import year_line


@login_required
@require_safe
def session_list(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    sessions = list(program_year.learning_sessions.select_related("host", "program_year__cohort__district"))
    now = timezone.now()
    runs = permissions.may_run_sessions(request.user, program_year)
    context = {
        "year": program_year,
        "cohort": program_year.cohort,
        "line": year_line(program_year, sessions, now, with_choosing=False),
        "upcoming": [each for each in sessions if each.ends_at > now],
        "past": [each for each in sessions if each.ends_at <= now],
        "runs": runs,
        "plans": permissions.may_plan_sessions(request.user, program_year),
        "configures": permissions.may_configure_year(request.user, program_year),
        "featured": featured_in(program_year) if runs else [],
        "trail": trail_of_year(program_year)[:1],
    }
    return render(request, "cohorts/sessions/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """Fill in, look at the days that come of it, store: the form stands above its preview the whole time."""
    program_year = load_year(request.user, slug, year)
    if not permissions.may_plan_sessions(request.user, program_year):
        raise PermissionDenied
    form = PlanYearForm(request.POST if request.method == "POST" else None, year=program_year)
    proposal = None
    if form.is_valid():
        try:
            if "store" in request.POST:
                made = generate_year(by=request.user, year=program_year, wish=form.wish())
                words = ngettext(
                    "%(count)d session is planned.", "%(count)d sessions are planned.", len(made)
                )
                messages.success(request, words % {"count": len(made)})
                return redirect("cohorts:session_list", slug=slug, year=year)
            proposal = propose(year=program_year, wish=form.wish())
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
    context = {
        "year": program_year,
        "form": form,
        "proposal": proposal,
        "rules": rules_of(program_year.cohort),
        "there": program_year.learning_sessions.count(),
        "trail": trail_of_year(program_year),
    }
    return render(request, "cohorts/sessions/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_session(request.user, pk)
    if not permissions.may_plan_sessions(request.user, session.program_year):
        raise PermissionDenied
    form = MoveForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        try:
            moved = move_session(by=request.user, session=session, **form.change())
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            _say_moved(request, session, moved)
            return redirect(session.get_absolute_url())
    context = {"session": session, "form": form, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/move.html", context)


def _say_moved(request: HttpRequest, session: LearningSession, moved: LearningSession) -> None:
    if moved.revision == session.revision:
        messages.info(request, _("The session stays as it was; nobody was told anything."))
    elif moved.program_year.is_open:
        messages.success(request, _("The session is moved. Everybody of the cohort is told by mail."))
    else:
        messages.success(request, _("The session is moved."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """From where on the agenda builder speaks up, for one cohort."""
    cohort = load_cohort(request.user, slug)
    if not permissions.may_configure_district(request.user, cohort.district):
        raise PermissionDenied
    form = RulesForm(request.POST if request.method == "POST" else None, instance=rules_of(cohort))
    if form.is_valid():
        save_rules(by=request.user, cohort=cohort, values=form.cleaned_data)
        messages.success(request, _("Saved. The agenda builder goes by these figures from now on."))
        return redirect(cohort.get_absolute_url())
    trail: list[dict[str, Any]] = [{"label": cohort.name, "url": cohort.get_absolute_url()}]
    return render(request, "cohorts/sessions/rules.html", {"cohort": cohort, "form": form, "trail": trail})
