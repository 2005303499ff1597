"""Sign-in with the district's own accounts: only its people, and only those who are on the list."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from leaderdev.accounts.models import SecurityEvent
from leaderdev.accounts.services import security_log
from leaderdev.accounts.services.addresses import ensure_address


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        problem = self._refusal(sociallogin)
        if problem:
            person = sociallogin.user if sociallogin.is_existing else None
            security_log.record(kind=SecurityEvent.Kind.SIGN_IN_REFUSED, user=person, request=request)
            page = render(request, "accounts/sign_in_refused.html", {"problem": problem}, status=403)
            raise ImmediateHttpResponse(page)
        if sociallogin.is_existing:
            # The provider vouches for the address. Without a checked one allauth would take away a password
            # that an earlier stranger may have set; nobody but the district makes accounts here.
            ensure_address(sociallogin.user)

    def on_authentication_error(self, request: HttpRequest, provider, **kwargs: Any) -> None:
        security_log.record(kind=SecurityEvent.Kind.SIGN_IN_FAILED, user=None, request=request)

    def _refusal(self, sociallogin: SocialLogin) -> str:
        """A sentence when the account is not the district's; “” when it may go on."""
        rules = sociallogin.provider.app.settings
        claims = _claims(sociallogin.account.extra_data)
        tenants = rules.get("tenants")
        if tenants and str(claims.get("tid", "")).lower() not in tenants:
            return _(
                "This Microsoft account belongs to another organization. Use the one your district gave you."
            )
        hosted = rules.get("hosted_domains")
        if hosted and str(claims.get("hd", "")).lower() not in hosted:
            return _("This Google account is not one of your district’s. Use the one your district gave you.")
        domains = rules.get("email_domains")
        address = str(claims.get("email", "")).lower()
        if domains and address.partition("@")[2] not in domains:
            return _("This account’s e-mail address is not one of your district’s. Use your work account.")
        if not sociallogin.is_existing and not any(mail.verified for mail in sociallogin.email_addresses):
            return _(
                "Your account did not tell us a confirmed e-mail address, so we cannot tell who you are."
                " Sign in with a code by mail instead."
            )
        return ""


def _claims(extra_data: dict[str, Any]) -> dict[str, Any]:
    """What the provider said about the person; the signed token wins over the profile."""
    return {**extra_data.get("userinfo", {}), **extra_data.get("id_token", {})}
