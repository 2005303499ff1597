"""Moves that are one button: each posts to its own address, and its refusal comes back as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.services.errors import RefusedError
from growthplans.services import releases, sharing
from growthplans.views.loading import load_plan


def _move(
    request: HttpRequest, pk: int, service: Callable[..., Any], done: str, to: str = "plan_detail"
) -> HttpResponse:
    plan = load_plan(request.user, pk)
    try:
        service(by=request.user, plan=plan)
    except RefusedError as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect(f"growthplans:{to}", pk=pk)


@login_required
@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, sharing.recall, _("The plan is a draft again. Only you read it."))


@login_required
@require_POST
def review_read(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, sharing.mark_read, _("The author is told that you have read the plan."))


@login_required
@require_POST
def start_work(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, sharing.start_work, _("The plan is under way. Small steps."))


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, sharing.close, _("The plan is closed. Its words stay yours to change."))


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, sharing.reopen, _("The plan is open again."))


@login_required
@require_POST
def release_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The release is withdrawn. That it once was stays written down.")
    return _move(request, pk, releases.withdraw_release, done, to="release")
