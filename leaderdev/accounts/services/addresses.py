"""One checked e-mail address for each person: allauth's row follows the person's own field."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from leaderdev.accounts.models import Invitation, SecurityEvent, User


@transaction.atomic
def ensure_address(user: User) -> None:
    """Make `user.email` the one confirmed address, unless it is that already.

    An older address of the same person stops working here: after a correction in the roster the old mailbox
    must not open the account. A change that still waits for its code (unconfirmed) stays.
    """
    known = EmailAddress.objects.filter(user=user)
    if known.filter(email=user.email, verified=True, primary=True).exists():
        return
    known.filter(verified=True).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def close_old_mailboxes(*, by: User | None, user_ids: Sequence[int]) -> None:
    """After a roster has corrected the addresses of people who never signed in: the mailboxes that were
    written down wrongly lose every way in, and the security log says who corrected them.

    The same as `people.change_address` does for one person, in four statements for any number.
    """
    EmailAddress.objects.filter(user_id__in=user_ids).delete()
    Invitation.objects.unspent().filter(user_id__in=user_ids).update(revoked_at=timezone.now())
    SecurityEvent.objects.bulk_create(
        SecurityEvent(kind=SecurityEvent.Kind.EMAIL_CHANGED, user_id=user_id, by=by) for user_id in user_ids
    )
