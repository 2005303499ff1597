"""The way in from an invitation's link. Reading it changes nothing; only the button's POST uses it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leaderdev.accounts import limits
from leaderdev.accounts.forms import AskAgainForm
from leaderdev.accounts.models import Invitation
from leaderdev.accounts.services import invitations
from leaderdev.accounts.signins import sign_in

_TOKEN = "accounts_invitation"  # noqa: S105 (a session key's name, not a secret)


@never_cache
@require_safe
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Move the token from the address into the session, so that no later page or referrer shows it."""
    if request.method == "GET":
        request.session[_TOKEN] = token
    return redirect("accounts:invitation")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited("invitation")
def invitation(request: HttpRequest) -> HttpResponse:
    found = _found(request)
    if found is None or found.state != Invitation.State.OPEN or not found.user.is_active:
        return _explain(request, found)
    if request.user.is_authenticated and request.user != found.user:
        return render(request, "accounts/invitation_someone_else.html", {"invitation": found})
    if request.method != "POST":
        return render(request, "accounts/invitation.html", {"invitation": found})
    try:
        person = invitations.use(invitation=found, request=request)
    except invitations.InvitationRefusedError:
        return _explain(request, _found(request))
    del request.session[_TOKEN]
    return sign_in(request, person, method="invitation", then=_welcome_address())


@require_POST
def switch_person(request: HttpRequest) -> HttpResponse:
    """Sign out whoever is signed in here and go on with the invitation."""
    token = request.session.get(_TOKEN)
    logout(request)
    if token:
        request.session[_TOKEN] = token
    return redirect("accounts:invitation")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited("signup")
def ask_again(request: HttpRequest) -> HttpResponse:
    """A new link by mail. The answer is the same for everybody: it does not tell who has an account."""
    found = _found(request)
    form = AskAgainForm(request.POST if request.method == "POST" and found is None else None)
    if request.method != "POST" or (found is None and not form.is_valid()):
        return render(request, "accounts/invitation_ask.html", {"form": form})
    email = found.user.email if found else form.cleaned_data["email"]
    if not limits.allows(request, action="invitation_again", key=email.lower()):
        messages.error(
            request, _("We sent several mails in the last hour. Look for the newest one, or wait a while.")
        )
        return redirect("accounts:invitation_asked")
    invitations.ask_again(email=email)
    request.session.pop(_TOKEN, None)
    return redirect("accounts:invitation_asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_asked.html")


@login_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Right after the first sign-in: how would you like to come in next time?"""
    return render(request, "accounts/welcome.html")


def _found(request: HttpRequest) -> Invitation | None:
    token = request.session.get(_TOKEN)
    return invitations.find(token) if token else None


def _explain(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    if found and found.state == Invitation.State.USED and request.user == found.user:
        return redirect(_welcome_address())
    return render(request, "accounts/invitation_closed.html", {"state": _state(found)}, status=410)


def _state(found: Invitation | None) -> str:
    """One word for the page: unknown, switched_off, or the invitation's own state."""
    if found is None:
        return "unknown"
    return str(found.state.value) if found.user.is_active else "switched_off"


def _welcome_address() -> str:
    return reverse("accounts:welcome")
