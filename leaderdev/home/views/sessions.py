"""Exit feedback, the year's trend, and steps that come out of a session."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import DialogueKit, LearningSession, Resource
from cohorts.permissions import may_edit_sessions, may_run_sessions
from cohorts.views.loading import load_year, participation
from cohorts.views.sessions.loading import load_session, trail_of, trail_of_year
from leaderdev.common.refusals import RefusedError
from leaderdev.home.sessions import exit_feedback, review_tool, steps, trend
from leaderdev.home.sessions.forms import FeedbackForm, StepForm
from surveys.permissions import may_build_instruments


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Participants answer here; those who run the session ask for it, end it and read the sums."""
    session = load_session(request.user, pk)
    runs = exit_feedback.may_read_feedback(request.user, session)
    member = participation(request.user, session.program_year)
    if not runs and member is None:
        raise PermissionDenied
    wave = exit_feedback.wave_of(session)
    if request.method == "POST" and {"ask", "end"} & request.POST.keys():
        return _run(request, session)
    answering = wave is not None and member is not None and wave.is_open_at(timezone.now())
    if request.method == "POST" and not answering:
        messages.error(request, _("Feedback on this session is not open now."))
        return redirect("home:session_feedback", pk=pk)
    data = request.POST if request.method == "POST" else None
    form = FeedbackForm(data, wave=wave) if answering and wave else None
    if form is not None and form.is_valid():
        try:
            exit_feedback.answer(by=request.user, session=session, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answers are in the sum, without your name."))
            return redirect(session.get_absolute_url())
    context = {
        "session": session,
        "wave": wave,
        "form": form,
        "done": bool(wave) and exit_feedback.has_answered(request.user, wave),
        "runs": runs,
        "edits": may_edit_sessions(request.user, session.program_year),
        "over": session.ends_at <= timezone.now(),
        "feedback": exit_feedback.read(wave) if runs and wave else None,
        "trail": trail_of(session),
    }
    return render(request, "home/sessions/feedback.html", context)


def _run(request: HttpRequest, session: LearningSession) -> HttpResponse:
    move = exit_feedback.ask_for_feedback if "ask" in request.POST else exit_feedback.end_feedback
    try:
        move(by=request.user, session=session)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        asked = _("Participants find the three questions on the session’s page.")
        messages.success(request, asked if "ask" in request.POST else _("No more answers are taken."))
    return redirect("home:session_feedback", pk=session.pk)


@login_required
@require_safe
def session_trend(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    if not may_run_sessions(request.user, program_year):
        raise PermissionDenied
    rows = trend.trend_of(program_year)
    context = {
        "year": program_year,
        "rows": rows,
        "chart": trend.chart_of(rows),
        "moves": trend.own_moves(request.user, program_year),
        "trail": trail_of_year(program_year),
    }
    return render(request, "home/sessions/trend.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kit_step(request: HttpRequest, pk: int) -> HttpResponse:
    """An outcome of a dialogue kit becomes an action step, by the person's own click."""
    kits = DialogueKit.objects.visible_to(request.user)
    kit = get_object_or_404(kits, pk=pk)
    if not steps.outcomes_of(kit):
        raise Http404
    above = {"label": kit.title, "url": reverse("cohorts:kit_detail", args=[pk])}
    return _step_page(request, kit.district_id, steps.outcomes_of(kit), "", above)


@login_required
@require_safe
def kit_views(request: HttpRequest, pk: int) -> HttpResponse:
    """The pairs of views of a kit's review tool."""
    kit = get_object_or_404(DialogueKit.objects.visible_to(request.user).select_related("district"), pk=pk)
    context = {
        "kit": kit,
        "pairs": review_tool.pairs_of(request.user, kit),
        "builds": bool(kit.lines("statements")) and may_build_instruments(request.user, kit.district),
        "trail": [{"label": kit.title, "url": reverse("cohorts:kit_detail", args=[pk])}],
    }
    return render(request, "home/sessions/kit_views.html", context)


@login_required
def kit_questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Who builds questionnaires makes one of the kit's statements."""
    kit = get_object_or_404(DialogueKit.objects.visible_to(request.user).select_related("district"), pk=pk)
    if not may_build_instruments(request.user, kit.district):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        made = review_tool.questionnaire_of(by=request.user, kit=kit)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("home:kit_views", pk=pk)
    messages.success(request, _("The questionnaire is there. Start a survey with it and ask both groups."))
    return redirect("surveys:instrument", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A resource goes to a goal as a step that says where to find it."""
    resource = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)
    above = {"label": resource.title, "url": reverse("cohorts:resource_detail", args=[pk])}
    what = _("Use “%(title)s”") % {"title": resource.title}
    return _step_page(request, resource.district_id, [what], steps.material_of(resource), above)


def _step_page(
    request: HttpRequest, district_id: int, outcomes: list[str], material: str, above: dict[str, str]
) -> HttpResponse:
    goals = steps.own_goals(request.user, district_id)
    form = StepForm(request.POST if request.method == "POST" else None, outcomes=outcomes, goals=goals)
    if form.is_valid():
        goal = form.goals[form.cleaned_data["goal"].pk]
        try:
            steps.take_into_plan(
                by=request.user, goal=goal, what=form.cleaned_data["what"], material=material
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The step stands in your plan now; give it a day there."))
            return redirect("growthplans:plan_edit", pk=goal.plan_id)
    context: dict[str, Any] = {"form": form, "goals": goals, "above": above, "trail": [above]}
    return render(request, "home/sessions/step.html", context)
