"""Weeks, a few exceptions, and calendar addresses of the demo's people."""

from __future__ import annotations

import datetime

from django.utils import timezone

from coaching.models import Availability, DayException, FreeHours
from cohorts.models import CohortFeed, Membership
from leaderdev.accounts.models import CalendarFeed, User
from leaderdev.home.demo.free_time import week_of
from leaderdev.home.demo.people import SPOTLIGHT
from leaderdev.home.demo.world import World

# Who shows what on the page of demo people: one has a calendar address, the cohort has one too.
WITH_ADDRESS = "brenda.saddleback"


def free_time(world: World) -> None:
    """Every participant of the cohort, but those who have not said; a few days off ahead of them."""
    if Availability.objects.exists():
        return
    members = Membership.objects.current().filter(cohort=world.cohort).participants()
    users = list(User.objects.filter(leaders__memberships__in=members).distinct().order_by("email"))
    # Whom a visitor signs in as first has said when she is free: her trio is offered times at once.
    shown = {spot.email for spot in SPOTLIGHT}
    weeks = {user.pk: week_of(user.email.partition("@")[0], says=user.email in shown) for user in users}
    now = timezone.now()
    rows = Availability.objects.bulk_create(
        Availability(user=user, said_at=now) for user in users if weeks[user.pk] is not None
    )
    FreeHours.objects.bulk_create(
        FreeHours(availability=row, weekday=weekday, starts=starts, ends=ends)
        for row in rows
        for weekday, starts, ends in weeks[row.user_id] or ()
    )
    today = now.astimezone(world.zone).date()
    DayException.objects.bulk_create(_exception(row, number, today) for number, row in enumerate(rows[::4]))


def addresses(world: World) -> None:
    """One person subscribes to her calendar, as anybody may; the cohort's own has an address for all."""
    CohortFeed.objects.get_or_create(cohort=world.cohort)
    user = User.objects.filter(email__startswith=f"{WITH_ADDRESS}@").first()
    if user is not None:
        CalendarFeed.objects.get_or_create(
            user=user, defaults={"alarm_minutes": 60, "with_closed_days": True}
        )


def _exception(row: Availability, number: int, today: datetime.date) -> DayException:
    first = today + datetime.timedelta(days=3 + number % 11)
    return DayException(
        availability=row, first_day=first, last_day=first + datetime.timedelta(days=number % 3)
    )
