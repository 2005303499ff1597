"""A facilitator's look-back: written by one, read by others only once it is shared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.sessions.look_back import LookBackForm
from cohorts.models import LookBack
from cohorts.models.look_back import MOVES
from cohorts.permissions import may_look_back
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.look_backs import save_look_back, share_look_back
from cohorts.views.sessions.loading import load_run, trail_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_run(request.user, pk, may_look_back)
    mine = LookBack.objects.filter(session=session, by=request.user).first()
    form = LookBackForm(request.POST if request.method == "POST" else None, instance=mine)
    if form.is_valid():
        try:
            save_look_back(by=request.user, session=session, values=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Nobody else reads it unless you share it."))
            return redirect("cohorts:look_back", pk=pk)
    shared = LookBack.objects.readable_by(request.user).filter(session=session).exclude(by=request.user)
    context = {
        "session": session,
        "mine": mine,
        "form": form,
        "shared": [_read(row) for row in shared.select_related("by")],
        "trail": trail_of(session),
    }
    return render(request, "cohorts/sessions/look_back.html", context)


def _read(row: LookBack) -> dict[str, Any]:
    moves = [
        (words, getattr(row, f"get_{name}_display")()) for name, words in MOVES.items() if getattr(row, name)
    ]
    return {"row": row, "moves": moves}


@login_required
@require_POST
def look_back_share(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_run(request.user, pk, may_look_back)
    shared = "share" in request.POST
    try:
        share_look_back(by=request.user, session=session, shared=shared)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("Facilitators and program leads of the cohort can read it now.")
            if shared
            else _("Only you read it.")
        )
        messages.success(request, said)
    return redirect("cohorts:look_back", pk=pk)
