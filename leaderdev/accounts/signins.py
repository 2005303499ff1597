"""Signing a person in by a door of our own: through allauth's stages, so a second step is still asked for."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from leaderdev.accounts.models import User


def sign_in(request: HttpRequest, user: User, *, method: str, then: str) -> HttpResponse:
    """Start a fresh session for `user` and go on to the address `then`; `method` names the door in the log.

    Whoever was signed in before in this browser is signed out, and the session's key is new (no fixation).
    """
    if request.user.is_authenticated and request.user != user:
        logout(request)
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=then, email=user.email))
