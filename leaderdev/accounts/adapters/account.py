"""Password, mailed code and everything that changes how a person signs in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import clean_client_ip
from allauth.core.internal.httpkit import get_client_ip as ip_behind_proxies
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.managers import normal_email
from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.services import security_log
from leaderdev.accounts.services.addresses import ensure_address

# Somebody who signed in this recently is not asked again before a change, in seconds.
FRESH_SIGN_IN = 5 * 60


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together."
            " Try again, or have a sign-in code sent to you."
        ),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _(
            "This is not the code that we sent. Check the newest mail, or ask for a new code."
        ),
        "too_many_login_attempts": _(
            "There were too many wrong tries. Wait a few minutes, or have a sign-in code sent to you by mail."
        ),
        "rate_limited": _("That was many tries in a short time. Wait a few minutes and try again."),
        "email_taken": _("This e-mail address cannot be used."),
        "same_as_current": _("This is the address that you already have."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return normal_email(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's mails stand in the same frame as ours (templates/emails/base.html)."""
        frame = {"site_url": settings.SITE_URL, "button_url": "", "why": ""}
        super().send_mail(template_prefix, email, {**frame, **context})

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the browser, as far as our own proxies vouch for it.

        A chain shorter than TRUSTED_PROXY_COUNT came past the outer proxy: then only the peer is known.
        """
        forwarded = request.headers.get("x-forwarded-for", "")
        if forwarded and len(forwarded.split(",")) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            address = clean_client_ip(request.META.get("REMOTE_ADDR", ""))
        else:
            address = ip_behind_proxies(request)
        if not address:
            raise PermissionDenied("The address of this request cannot be read.")
        return address

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        # Accounts are made from the district's own list, so their address counts as checked.
        ensure_address(user)
        return super().pre_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        person = User.objects.filter(email=normal_email(credentials.get("email") or "")).first()
        security_log.record(kind=SecurityEvent.Kind.SIGN_IN_FAILED, user=person, request=request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asked before a password, address, passkey or app is changed.

        allauth lets people pass who have neither password nor second step. They prove themselves the way they
        sign in: with a mailed code.
        """
        request = self.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < FRESH_SIGN_IN:
            return False
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        if get_reauthentication_flows(request.user):
            return True
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        query = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
        raise ImmediateHttpResponse(redirect(f"{reverse('accounts:confirm_by_code')}?{query}"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")
