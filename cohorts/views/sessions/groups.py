"""Dialogue groups: formed with a click, corrected by hand."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.permissions import may_edit_sessions
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.groups import form_groups, move_to_group, past_pairs, who_to_group
from cohorts.services.sessions.years import rules_of
from cohorts.views.sessions.detail import groups_of
from cohorts.views.sessions.loading import load_run, trail_of
from leaderdev.common.numbers import whole


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_run(request.user, pk, may_edit_sessions)
    if request.method == "POST":
        try:
            form_groups(by=request.user, session=session, seed=secrets.randbelow(10_000))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("New groups are formed."))
        return redirect("cohorts:session_groups", pk=pk)
    past = past_pairs(session)
    rows = groups_of(session)
    for row in rows:
        keys = [seat.membership_id for seat in row["seats"]]
        row["again"] = sum(
            past.get(frozenset((a, b)), 0) > 0 for n, a in enumerate(keys) for b in keys[n + 1 :]
        )
    context = {
        "session": session,
        "groups": rows,
        "people": len(who_to_group(session)),
        "arrived": session.attendance.filter(left_at=None).exists(),
        "rules": rules_of(session.program_year.cohort),
        "trail": trail_of(session),
    }
    return render(request, "cohorts/sessions/groups.html", context)


@login_required
@require_POST
def group_seat(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_run(request.user, pk, may_edit_sessions)
    keys = [whole(request.POST.get(name)) for name in ("membership", "number")]
    try:
        move_to_group(by=request.user, session=session, membership_id=keys[0], number=keys[1])
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:session_groups", pk=pk)
