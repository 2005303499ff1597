"""Adding to the talk about a plan. What is refused comes back with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.services.errors import RefusedError
from growthplans.feedback import places_in
from growthplans.forms.comments import CommentForm
from growthplans.outline import audience_of
from growthplans.permissions import is_author
from growthplans.services import comments
from growthplans.views.loading import load_plan, open_plan, trail_of
from leaderdev.common.numbers import whole


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    start = {"about": request.GET.get("about", "plan")}
    form = CommentForm(
        request.POST if request.method == "POST" else None, places=places_in(plan), initial=start
    )
    if request.method == "POST" and form.is_valid():
        try:
            comments.add_comment(by=request.user, plan=plan, **form.words())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your comment is there."))
            return redirect(_talk(pk))
    context = {
        "plan": plan,
        "form": form,
        "audience": audience_of(plan),
        "trail": trail_of(plan, own=is_author(request.user, plan)),
    }
    return render(request, "growthplans/comment.html", context)


@login_required
@require_POST
def comment_ask(request: HttpRequest, pk: int) -> HttpResponse:
    part, _dash, key = request.POST.get("about", "").partition("-")
    about = {f"{part}_id": whole(key) or None} if part in ("goal", "step") else {}
    return _do(request, pk, comments.ask_what_shows_this, _("The author is asked."), **about)


@login_required
@require_POST
def comment_resolve(request: HttpRequest, pk: int, comment_id: int) -> HttpResponse:
    resolved = "again" not in request.POST
    done = _("The thread is marked as resolved.") if resolved else _("The thread is open again.")
    return _do(request, pk, comments.resolve, done, comment_id=comment_id, resolved=resolved)


@login_required
@require_POST
def comment_withdraw(request: HttpRequest, pk: int, comment_id: int) -> HttpResponse:
    return _do(request, pk, comments.withdraw, _("Your comment is withdrawn."), comment_id=comment_id)


def _do(request: HttpRequest, pk: int, service: Callable[..., Any], done: str, **values: Any) -> HttpResponse:
    plan = load_plan(request.user, pk)
    try:
        service(by=request.user, plan=plan, **values)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(_talk(pk))


def _talk(pk: int) -> str:
    return reverse("growthplans:plan_detail", args=[pk]) + "#talk"
