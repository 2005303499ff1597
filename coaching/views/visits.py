"""A visit's parts, observations of its guests, and release time for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.visit import BlocksForm, ObservationForm, ReleaseAskForm
from coaching.models import CoachingSession, ReleaseRequest
from coaching.services import release_time, visits
from coaching.views.loading_trio import load_meeting, trail_of
from coaching.views.meetings import refuse_unless_visit
from cohorts.services.errors import RefusedError


def _form_of_visit(
    request: HttpRequest,
    pk: int,
    template: str,
    *,
    bind: Callable[[Any, CoachingSession], forms.Form],
    act: Callable[[CoachingSession, Any], Any],
    done: str,
) -> HttpResponse:
    """One form of a visit: `bind` makes it of what was sent (None on a GET), `act` does what it asks."""
    meeting = load_meeting(request.user, pk)
    refuse_unless_visit(meeting)
    form = bind(request.POST if request.method == "POST" else None, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            act(meeting, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("coaching:meeting", pk=pk)
    context = {"form": form, "meeting": meeting, "trail": trail_of(meeting.trio, meeting)}
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_of_visit(
        request,
        pk,
        "coaching/blocks.html",
        bind=lambda data, meeting: BlocksForm(data, blocks=list(meeting.blocks.all())),
        act=lambda meeting, form: visits.arrange(by=request.user, meeting=meeting, blocks=form.blocks()),
        done=_("The visit is arranged like this."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def observe(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_of_visit(
        request,
        pk,
        "coaching/observe.html",
        bind=lambda data, _meeting: ObservationForm(data),
        act=lambda meeting, form: visits.observe(by=request.user, meeting=meeting, **form.cleaned_data),
        done=_("Your observation is with the host."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_ask(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_of_visit(
        request,
        pk,
        "coaching/release_ask.html",
        bind=lambda data, _meeting: ReleaseAskForm(data),
        act=lambda meeting, form: release_time.ask(by=request.user, meeting=meeting, **form.cleaned_data),
        done=_("Your program lead is asked."),
    )


@login_required
@require_POST
def release_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ReleaseRequest.objects.of_person(request.user), pk=pk)
    try:
        release_time.withdraw(by=request.user, request=found)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("coaching:meeting", pk=found.coaching_session_id)
