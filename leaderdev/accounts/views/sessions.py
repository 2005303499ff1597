"""“Where you are signed in”: see it, end one, end all."""

from __future__ import annotations

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leaderdev.accounts import devices
from leaderdev.accounts.services import sessions


@login_required
@require_safe
def signed_in_places(request: HttpRequest) -> HttpResponse:
    places = [
        {
            "session": session,
            "device": devices.family(session.user_agent) or _("A browser we do not recognize"),
            "here": session.session_key == request.session.session_key,
        }
        for session in sessions.of(user=request.user)
    ]
    return render(request, "accounts/sessions.html", {"places": places})


@login_required
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions.of(user=request.user), pk=pk)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    sessions.end_one(session=session, request=request)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    ended = sessions.end_others(user=request.user, request=request)
    text = ngettext("%(n)s other device is signed out.", "%(n)s other devices are signed out.", ended)
    messages.success(request, text % {"n": ended})
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    sessions.end_others(user=request.user, request=request)
    logout(request)
    return redirect("account_login")
