"""“Is it you?” for people without a password: a mailed code before a change to how they sign in."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leaderdev.accounts import limits
from leaderdev.accounts.forms import CodeForm

_STATE = "accounts_confirm"
_TRIES = 3


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    then = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and "send" in request.POST:
        return _send(request, then)
    state = _state(request)
    form = CodeForm(request.POST if request.method == "POST" and state else None)
    if state and form.is_valid():
        if compare_user_code(actual=form.cleaned_data["code"], expected=state["code"]):
            del request.session[_STATE]
            record_authentication(
                request, request.user, method="code", email=request.user.email, reauthenticated=True
            )
            return redirect(then)
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
        state = _count_wrong_try(request, state)
    context = {"form": form, "sent": state is not None, "next": then}
    return render(request, "accounts/confirm_by_code.html", context)


@limits.limited("confirm_by_code")
def _send(request: HttpRequest, then: str) -> HttpResponse:
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[_STATE] = {"code": code, "at": time.time(), "tries": 0}
    adapter.send_mail("account/email/confirm_code", request.user.email, {"code": code, "user": request.user})
    return redirect(f"{reverse('accounts:confirm_by_code')}?{urlencode({'next': then})}")


def _state(request: HttpRequest) -> dict | None:
    state = request.session.get(_STATE)
    if state and time.time() - state["at"] <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
        return state
    return None


def _count_wrong_try(request: HttpRequest, state: dict) -> dict | None:
    """None once the tries are used up: then only a new code helps."""
    state["tries"] += 1
    request.session[_STATE] = state
    if state["tries"] < _TRIES:
        return state
    del request.session[_STATE]
    messages.error(request, _("There were too many wrong codes. Have a new one sent to you."))
    return None


def _safe(request: HttpRequest, address: str) -> str:
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=secure):
        return address
    return reverse("accounts:profile")
