"""A calendar to subscribe to, gathered from every app; no app knows of the others.

A new app adds one line to `_contributions`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

import coaching.calendar
import cohorts.calendar
import growthplans.calendar
from cohorts.models import CohortFeed
from leaderdev.accounts.models import CalendarFeed
from leaderdev.common.calendar_ledger import cancelled_in, stamped
from leaderdev.common.calendars import Contribution, Feed, write_feed
from leaderdev.common.invitations import installation_host

# What lies farther back is in the program's pages; calendars keep what they have.
BACK = datetime.timedelta(days=180)


def person_calendar(feed: CalendarFeed, *, now: datetime.datetime) -> bytes:
    """The person's own calendar as iCalendar text, in her language and time zone."""
    user = feed.user
    with translation.override(user.language):
        shape = Feed(
            name=_("Leadership program"),
            zone=user.time_zone,
            host=installation_host(),
            alarm_minutes=feed.alarm_minutes,
        )
        return _written(shape, _contributions(feed, user, now - BACK), now)


def cohort_calendar(feed: CohortFeed, *, now: datetime.datetime) -> bytes:
    """What all members of a cohort share: its learning sessions and the days without school."""
    district = feed.cohort.district
    with translation.override(district.language):
        shape = Feed(name=feed.cohort.name, zone=district.time_zone, host=installation_host())
        return _written(shape, [cohorts.calendar.for_cohort(feed.cohort, now - BACK)], now)


def noted(feed: Any, body: bytes, *, now: datetime.datetime) -> tuple[str, datetime.datetime]:
    """The body's hash and since when it has been so. Written down only when it has changed."""
    found = hashlib.sha256(body).hexdigest()
    if feed.content_hash != found or feed.content_changed_at is None:
        feed.content_hash, feed.content_changed_at = found, now.replace(microsecond=0)
        feed.save(update_fields=["content_hash", "content_changed_at"])
    return found, feed.content_changed_at


def _contributions(feed: CalendarFeed, user: Any, since: datetime.datetime) -> list[Contribution]:
    found = [
        cohorts.calendar.for_person(user, since, closed_days=feed.with_closed_days),
        coaching.calendar.for_person(user, since),
    ]
    if feed.with_due_dates:
        found.append(growthplans.calendar.for_person(user, since))
    return found


def _written(shape: Feed, parts: Sequence[Contribution], now: datetime.datetime) -> bytes:
    entries = stamped([entry for part in parts for entry in part.entries], now=now)
    scopes = frozenset().union(*(part.scopes for part in parts))
    gone = cancelled_in(scopes, present=[entry.key for entry in entries], now=now)
    return write_feed(shape, [*entries, *gone])
