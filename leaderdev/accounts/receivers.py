"""allauth tells what happened at its doors; each becomes a line in the security log."""

from __future__ import annotations

import time

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import user_logged_in, user_logged_out
from django.dispatch import receiver

from leaderdev.accounts.middleware import SEEN_AT
from leaderdev.accounts.models import SecurityEvent
from leaderdev.accounts.services import invitations, security_log, sessions
from leaderdev.common.mail.readdressing import follow_person

Kind = SecurityEvent.Kind


@receiver(user_logged_in)
def signed_in(*, request, user, **kwargs) -> None:
    request.session[SEEN_AT] = int(time.time())
    # A first sign-in by any door makes a link that still lies in the mailbox pointless.
    invitations.revoke(user=user)
    methods = request.session.get("account_authentication_methods") or []
    detail = ", ".join(dict.fromkeys(record["method"] for record in methods))
    security_log.record(kind=Kind.SIGNED_IN, user=user, request=request, detail=detail)


@receiver(user_logged_out)
def signed_out(*, request, user, **kwargs) -> None:
    if user is not None:
        security_log.record(kind=Kind.SIGNED_OUT, user=user, request=request)


@receiver(account.login_code_rejected)
def code_rejected(*, request, user, **kwargs) -> None:
    security_log.record(kind=Kind.SIGN_IN_FAILED, user=user, request=request, detail="code")


@receiver(account.password_set)
@receiver(account.password_changed)
@receiver(account.password_reset)
def password_changed(*, request, user, **kwargs) -> None:
    """A new password ends every other sign-in: whoever knew the old one is out."""
    sessions.end_all(user=user, keep=request.session.session_key)
    security_log.record(kind=Kind.PASSWORD_CHANGED, user=user, request=request)


@receiver(account.email_changed)
def email_changed(*, request, user, from_email_address=None, **kwargs) -> None:
    if from_email_address is not None:
        follow_person(old=from_email_address.email, new=user.email)
        invitations.revoke(user=user)
        security_log.record(kind=Kind.EMAIL_CHANGED, user=user, request=request)


@receiver(mfa.authenticator_added)
def second_factor_added(*, request, user, authenticator, **kwargs) -> None:
    security_log.record(
        kind=Kind.SECOND_FACTOR_ADDED, user=user, request=request, detail=authenticator.get_type_display()
    )


@receiver(mfa.authenticator_removed)
def second_factor_removed(*, request, user, authenticator, **kwargs) -> None:
    security_log.record(
        kind=Kind.SECOND_FACTOR_REMOVED, user=user, request=request, detail=authenticator.get_type_display()
    )


@receiver(mfa.authentication_failed)
def second_factor_failed(*, request, user, **kwargs) -> None:
    security_log.record(kind=Kind.SECOND_FACTOR_FAILED, user=user, request=request)
