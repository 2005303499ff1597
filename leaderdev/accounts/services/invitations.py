"""Inviting people by mail, and letting each invitation in once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leaderdev.accounts.managers import normal_email
from leaderdev.accounts.models import Invitation, SecurityEvent, User
from leaderdev.accounts.services import security_log
from leaderdev.accounts.services.addresses import ensure_address
from leaderdev.common.mail import Letter, queue_many

_TOKEN_BYTES = 32


class InvitationRefusedError(Exception):
    """The invitation cannot be sent or used; the text says why, for the person who tried."""


def hash_of(token: str) -> str:
    """Tokens are 256 random bits, so a plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Invitation | None:
    return Invitation.objects.select_related("user", "invited_by").filter(token_hash=hash_of(token)).first()


def invite(*, by: User | None, user: User, reason: str = "", asked: bool = False) -> Invitation:
    """Mail `user` a link for the first sign-in; links sent earlier stop working.

    `reason` is one sentence for the mail (“You were added to the 2026–27 cohort.”). `by` is None when people
    ask for a new link themselves. Raises InvitationRefusedError when the account is switched off.
    """
    return invite_many(by=by, users=[user], reason=reason, asked=asked)[0]


@transaction.atomic
def invite_many(
    *, by: User | None, users: Sequence[User], reason: str = "", asked: bool = False
) -> list[Invitation]:
    """As `invite`, for a whole cohort in one go; nobody is invited when one of them cannot be.

    `asked`: the person sits in front of the page and waits for the link, so it leaves at any hour. Else it
    comes in the reader's morning, as other mail does.
    """
    off = [user.name for user in users if not user.is_active]
    if off:
        raise InvitationRefusedError(
            _("These accounts are switched off and cannot be invited: %(names)s.") % {"names": ", ".join(off)}
        )
    now = timezone.now()
    Invitation.objects.unspent().filter(user__in=users).update(revoked_at=now)
    tokens = [secrets.token_urlsafe(_TOKEN_BYTES) for _user in users]
    made = Invitation.objects.bulk_create(
        _new(user=user, token=token, by=by, reason=reason, now=now)
        for user, token in zip(users, tokens, strict=True)
    )
    SecurityEvent.objects.bulk_create(
        SecurityEvent(kind=SecurityEvent.Kind.INVITED, user=user, by=by) for user in users
    )
    queue_many(
        kind="invitation",
        letters=[_letter(invitation, token) for invitation, token in zip(made, tokens, strict=True)],
        reply_to=by.email if by else None,
        secret=True,
        needed_by=now if asked else None,
    )
    return made


def revoke(*, user: User) -> int:
    """Withdraw what this person was sent and has not used; returns how many links stopped working."""
    return Invitation.objects.unspent().filter(user=user).update(revoked_at=timezone.now())


@transaction.atomic
def use(*, invitation: Invitation, request: HttpRequest) -> User:
    """Spend the invitation and confirm the address it went to; returns the person, not yet signed in.

    Of two requests at the same time one wins: the row is spent by a single conditional update.
    Raises InvitationRefusedError when it is not open any more or the account is switched off.
    """
    now = timezone.now()
    if not invitation.user.is_active:
        raise InvitationRefusedError(_("This account is switched off."))
    spent = Invitation.objects.open_at(now).filter(pk=invitation.pk, user__is_active=True).update(used_at=now)
    if not spent:
        raise InvitationRefusedError(_("This invitation does not work any more."))
    ensure_address(invitation.user)
    security_log.record(kind=SecurityEvent.Kind.INVITATION_USED, user=invitation.user, request=request)
    return invitation.user


def ask_again(*, email: str) -> None:
    """Send a new link to `email` if an active person has it; silent otherwise: nobody learns who exists."""
    person = User.objects.active().filter(email=normal_email(email)).first()
    if person is None:
        return
    earlier = person.invitations.first()
    reason = earlier.reason if earlier else ""
    invite(by=earlier.invited_by if earlier else None, user=person, reason=reason, asked=True)


def _new(*, user: User, token: str, by: User | None, reason: str, now) -> Invitation:
    token_hash = hash_of(token)
    return Invitation(
        user=user,
        token_hash=token_hash,
        invited_by=by,
        reason=reason,
        created_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
        message_key=f"invitation:{token_hash[:16]}",
    )


def _letter(invitation: Invitation, token: str) -> Letter:
    person, host = invitation.user, invitation.invited_by
    return Letter(
        to=person.email,
        key=invitation.message_key,
        language=person.language,
        context={
            "greeting": person.get_short_name(),
            "invited_by": host.name if host else "",
            "reason": invitation.reason,
            "expires_at": timezone.localtime(invitation.expires_at, ZoneInfo(person.time_zone)).date(),
            "button_url": settings.SITE_URL + reverse("accounts:invitation_link", args=[token]),
            "button_label": _("Open the invitation"),
            "why": _("You receive this mail because your district added you to its leadership program."),
        },
    )
