"""Sharing a plan, sending it back with a question, and releasing it for evaluation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.services.errors import RefusedError
from growthplans.forms.comments import QuestionForm
from growthplans.forms.sharing import ReleaseForm, ShareForm
from growthplans.readers import mates_of, refusal_for, voice_of
from growthplans.readiness import lacks_before_sharing
from growthplans.services import releases, sharing
from growthplans.services.reviewers import possible_reviewers
from growthplans.states import Move, Voice
from growthplans.views.loading import load_own_plan, load_plan, trail_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    reviewers = possible_reviewers(plan)
    form = ShareForm(request.POST if request.method == "POST" else None, reviewers=reviewers)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.share(by=request.user, plan=plan, reviewer=form.chosen())
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Your plan is shared, and its readers are told."))
            return redirect("growthplans:plan_detail", pk=pk)
    context = {
        "plan": plan,
        "form": form,
        "reviewers": reviewers,
        "mates": mates_of(plan),
        "lacks": list(dict.fromkeys(lack.sentence for lack in lacks_before_sharing(plan))),
        "closed_sentence": refusal_for(request.user, plan, Move.SHARE),
        "trail": trail_of(plan, own=True),
    }
    return render(request, "growthplans/share.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_question(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_plan(request.user, pk)
    if voice_of(request.user, plan) != Voice.REVIEWER:
        raise PermissionDenied
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.send_back(by=request.user, plan=plan, question=form.cleaned_data["question"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The plan is back with its author, with your question."))
            return redirect("growthplans:plan_detail", pk=pk)
    closed = refusal_for(request.user, plan, Move.SEND_BACK)
    context = {"plan": plan, "form": form, "closed_sentence": closed, "trail": trail_of(plan, own=False)}
    return render(request, "growthplans/question.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            releases.release(by=request.user, plan=plan, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your release is signed. You can withdraw it here at any time."))
            return redirect("growthplans:release", pk=pk)
    rows = list(plan.releases.all())
    context = {
        "plan": plan,
        "form": form,
        "in_force": next((row for row in rows if row.withdrawn_at is None), None),
        "earlier": [row for row in rows if row.withdrawn_at is not None],
        "zone": plan.program_year.cohort.district.time_zone,
        "trail": trail_of(plan, own=True),
    }
    return render(request, "growthplans/release.html", context)
