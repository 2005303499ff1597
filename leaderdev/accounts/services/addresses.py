"""One checked e-mail address for each person: allauth's row follows the person's own field."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from leaderdev.accounts.models import User


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
