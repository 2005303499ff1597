"""Signing a person in by a door of our own: through allauth's stages, so a second step is still asked for."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from leaderdev.accounts.models import User


def sign_in(request: HttpRequest, user: User, *, method: str, then: str) -> HttpResponse:
    """Start a fresh session for `user` and go on to the address `then`; `method` names the door in the log.

    Whoever was signed in before in this browser is signed out, and the session's key is new (no fixation).
    """
    _leave(request, user)
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=then, email=user.email))


def sign_in_as_demo_person(request: HttpRequest, user: User, *, then: str) -> HttpResponse:
    """One click and no second step, whatever an earlier visitor set up for this made-up person.

    Raises PermissionDenied outside a demo, so that no view can open this door by mistake.
    """
    if not settings.DEMO:
        raise PermissionDenied
    _leave(request, user)
    record_authentication(request, user, method="demo")
    adapter = get_adapter(request)
    adapter.login(request, user)
    return adapter.post_login(
        request,
        user,
        email_verification="none",
        signal_kwargs=None,
        email=user.email,
        signup=False,
        redirect_url=then,
    )


def _leave(request: HttpRequest, user: User) -> None:
    if request.user.is_authenticated and request.user != user:
        logout(request)
