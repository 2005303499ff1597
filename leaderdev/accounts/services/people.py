"""Switching people off and on, and correcting their address."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from leaderdev.accounts.managers import normal_email
from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.services import invitations, security_log, sessions
from leaderdev.accounts.services.addresses import ensure_address
from leaderdev.common.mail.readdressing import follow_person


@transaction.atomic
def deactivate(*, by: User, user: User, request: HttpRequest | None = None) -> None:
    """The person cannot sign in any more and is signed out everywhere; what they wrote stays.

    Sessions are deleted, not just refused: switching the person on again must not revive an old browser.
    """
    user.is_active = False
    user.save(update_fields=["is_active"])
    invitations.revoke(user=user)
    sessions.end_all(user=user)
    security_log.record(kind=SecurityEvent.Kind.DEACTIVATED, user=user, by=by, request=request)


@transaction.atomic
def reactivate(*, by: User, user: User, request: HttpRequest | None = None) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])
    security_log.record(kind=SecurityEvent.Kind.REACTIVATED, user=user, by=by, request=request)


@transaction.atomic
def change_address(*, by: User, user: User, email: str) -> None:
    """Correct a person's address on the district's behalf (roster, administration).

    The old mailbox loses every way in: its confirmed row goes and open invitations to it are withdrawn.
    Raises ValidationError when the address is another person's.
    """
    new = normal_email(email)
    if new == user.email:
        return
    old, user.email = user.email, new
    user.full_clean(exclude=["password"])
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    ensure_address(user)
    follow_person(old=old, new=new)
    invitations.revoke(user=user)
    sessions.end_all(user=user)
    security_log.record(kind=SecurityEvent.Kind.EMAIL_CHANGED, user=user, by=by)


@transaction.atomic
def reset_second_factor(*, by: User, user: User, request: HttpRequest | None = None) -> None:
    """For a lost phone or key: every second step goes, and so does every sign-in it had opened."""
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user=user)
    kind = SecurityEvent.Kind.SECOND_FACTOR_REMOVED
    security_log.record(kind=kind, user=user, by=by, request=request, detail="all")
