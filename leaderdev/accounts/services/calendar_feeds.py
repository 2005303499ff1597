"""The private calendar address: made, renewed and revoked by its owner alone."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from leaderdev.accounts.models import CalendarFeed
from leaderdev.common.feed_addresses import key_in


def find(token: str) -> CalendarFeed | None:
    """The feed of an address, of a person who may sign in; None for anything else."""
    key = key_in(token)
    if key is None:
        return None
    return CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()


def of(user: Any) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user_id=user.pk).first()


@transaction.atomic
def renew(*, by: Any) -> CalendarFeed:
    """A new address, with the wishes of the old one; the old one opens nothing from now on."""
    old = CalendarFeed.objects.select_for_update().filter(user_id=by.pk).first()
    wishes = _wishes(old) if old else {}
    CalendarFeed.objects.filter(user_id=by.pk).delete()
    return CalendarFeed.objects.create(user_id=by.pk, **wishes)


def revoke(*, by: Any) -> None:
    CalendarFeed.objects.filter(user_id=by.pk).delete()


def wish(*, by: Any, alarm_minutes: int | None, with_due_dates: bool, with_closed_days: bool) -> None:
    """What the person wants to find in it, and when it rings."""
    CalendarFeed.objects.filter(user_id=by.pk).update(
        alarm_minutes=alarm_minutes, with_due_dates=with_due_dates, with_closed_days=with_closed_days
    )


def _wishes(feed: CalendarFeed) -> dict[str, Any]:
    return {
        "alarm_minutes": feed.alarm_minutes,
        "with_due_dates": feed.with_due_dates,
        "with_closed_days": feed.with_closed_days,
    }
