"""The second step: names people recognize, and no way to drop it where it is demanded."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts import policy
from leaderdev.accounts.devices import family


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your work here needs a second step. Add another one first; then this one can go."
        ),
        "incorrect_code": _("This code does not fit. Wait for the next one in your app and type that."),
        "unverified_email": _("Confirm your new e-mail address first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not policy.needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=policy.SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        device = family(context.request.META.get("HTTP_USER_AGENT", ""))
        return device or gettext("My passkey")

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to SITE_URL's host: the Host header of a request must not decide that."""
        host = urlsplit(settings.SITE_URL).hostname
        if settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN:
            host = context.request.get_host().partition(":")[0]
        return {"id": host or "", "name": self._get_site_name()}
