"""What a trio's talks put into its members' calendars: when, and nothing of what for."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from coaching.models import CoachingSession, my_seats
from cohorts.models import Appointment
from leaderdev.common.calendars import Contribution, Entry

State = CoachingSession.State


def for_person(user: Any, since: datetime.datetime) -> Contribution:
    """Meetings that are planned, were held or are called off; what is only proposed is in no calendar."""
    trios = list(my_seats(user).order_by("trio_id").values_list("trio_id", flat=True))
    posts = Prefetch(
        "host__membership__leader__appointments",
        queryset=Appointment.objects.current().select_related("school"),
        to_attr="current_posts",
    )
    rows = CoachingSession.objects.filter(trio__in=trios, ends_at__gt=since).exclude(state=State.PROPOSED)
    rows = rows.select_related("host__membership__leader").prefetch_related(posts)
    return Contribution([entry_of(row) for row in rows], frozenset(f"trio-{pk}" for pk in trios))


def entry_of(meeting: CoachingSession) -> Entry:
    """A meeting that has a time, as calendars hold it: feeds and invitations alike.

    Where the members meet is their own words and stays on the meeting's page; a visit names a school.
    """
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("A meeting without a time stands in no calendar.")
    return Entry(
        key=f"coaching-{meeting.pk}",
        title=str(meeting),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        scope=f"trio-{meeting.trio_id}",
        place=_school(meeting),
        url=f"{settings.SITE_URL}{reverse('coaching:meeting', args=[meeting.pk])}",
        cancelled=meeting.state == State.CANCELLED,
    )


def _school(meeting: CoachingSession) -> str:
    post = meeting.host.membership.leader.current_post if meeting.host is not None else None
    return post.school.name if post is not None else ""
