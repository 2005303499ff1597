"""Saying when one is free. Each person says it for herself; nobody says it for another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.availability import DAY_MINUTES, WeeklyHours, assumed_week
from coaching.models import Availability, DayException, FreeHours
from leaderdev.common.refusals import RefusedError

# More than anybody has, and few enough for one page and one suggestion.
MOST_EXCEPTIONS = 200


@transaction.atomic
def say_weekly_hours(*, by: Any, hours: Iterable[WeeklyHours]) -> Availability:
    """Replace the person's weekly hours; hours that touch or overlap become one. No hours: never free."""
    availability = _said(by)
    availability.free_hours.all().delete()
    FreeHours.objects.bulk_create(
        FreeHours(availability=availability, weekday=h.weekday, starts=h.starts, ends=h.ends)
        for h in joined(hours)
    )
    return availability


@transaction.atomic
def add_exception(
    *,
    by: Any,
    first_day: datetime.date,
    last_day: datetime.date,
    starts: int = 0,
    ends: int = DAY_MINUTES,
    is_free: bool = False,
) -> DayException:
    """Not free (or free after all) on these days. Who has said no weekly hours yet keeps the usual ones."""
    if last_day < first_day:
        raise RefusedError(_("The last day cannot come before the first."))
    if not 0 <= starts < ends <= DAY_MINUTES:
        raise RefusedError(_("The end must come after the beginning."))
    availability = _said(by)
    if availability.exceptions.count() >= MOST_EXCEPTIONS:
        raise RefusedError(
            _("There are %(number)d exceptions already. Remove old ones first.") % {"number": MOST_EXCEPTIONS}
        )
    return availability.exceptions.create(
        first_day=first_day, last_day=last_day, starts=starts, ends=ends, is_free=is_free
    )


@transaction.atomic
def remove_exception(*, by: Any, pk: int) -> DayException | None:
    """Take one of the person's own exceptions away; returns it, so that it can be put back, or None."""
    row = DayException.objects.filter(pk=pk, availability__user_id=by.pk).first()
    if row is not None:
        DayException.objects.filter(pk=pk).delete()
    return row


def joined(hours: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Sorted, with hours of one day that touch or overlap as one."""
    found: list[WeeklyHours] = []
    for hour in sorted(hours):
        last = found[-1] if found else None
        if last is not None and last.weekday == hour.weekday and hour.starts <= last.ends:
            found[-1] = WeeklyHours(last.weekday, last.starts, max(last.ends, hour.ends))
        else:
            found.append(hour)
    return found


def _said(by: Any) -> Availability:
    """The person's row, locked against a second tab; made with the usual hours where there was none."""
    now = timezone.now()
    row, created = Availability.objects.get_or_create(user_id=by.pk, defaults={"said_at": now})
    if created:
        FreeHours.objects.bulk_create(
            FreeHours(availability=row, weekday=h.weekday, starts=h.starts, ends=h.ends)
            for h in assumed_week()
        )
    row = Availability.objects.select_for_update().get(pk=row.pk)
    row.said_at = now
    row.save(update_fields=["said_at"])
    return row
