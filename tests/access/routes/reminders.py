"""Addresses of mail that comes by itself."""

from __future__ import annotations

import datetime
from typing import Any

from leaderdev.reminders.models import Reminder
from leaderdev.reminders.stopping import token_for
from tests.access.roles import EVERYONE, LEADS, LEADS_POST, SIGNED_IN
from tests.access.routes.route import Route, of_cohort
from tests.cast import Cast


def of_kind(cast: Cast) -> dict[str, Any]:
    return {**of_cohort(cast), "kind": "session_ahead"}


def of_failed(cast: Cast) -> dict[str, Any]:
    """A mail to the participant that could not be delivered."""
    at = datetime.datetime(2026, 9, 10, 13, 30, tzinfo=datetime.UTC)
    row, _made = Reminder.objects.get_or_create(
        kind="session_ahead",
        person=cast.participant,
        subject=1,
        occasion="week:2026-09-17T15:00:00+00:00",
        program_year=cast.year,
        defaults={"due_at": at, "until": at, "next_attempt_at": at, "state": "failed", "reason": "X 550"},
    )
    return {**of_cohort(cast), "pk": row.pk}


def of_stop(cast: Cast) -> dict[str, Any]:
    return {"token": token_for(cast.participant.pk, "session_ahead")}


REMINDERS: tuple[Route, ...] = (
    # For a monitor inside the machine room; figures without names.
    Route("reminders:health", EVERYONE, is_page=False),
    Route("reminders:metrics", EVERYONE, is_page=False),
    Route("reminders:choices", SIGNED_IN, view_as="participant", takes_post=True),
    # Signed, so that a mail program can stop a kind without anybody signing in.
    Route("reminders:stop", EVERYONE, kwargs=of_stop, takes_post=True),
    # One question for each kind of mail, however many people and dates there are.
    Route("reminders:cohort_mail", LEADS, kwargs=of_cohort, most_queries=60),
    Route("reminders:went", LEADS, kwargs=of_cohort),
    Route("reminders:settings", LEADS, kwargs=of_cohort, takes_post=True),
    Route("reminders:hold", LEADS_POST, kwargs=of_cohort, is_page=False),
    Route("reminders:release", LEADS_POST, kwargs=of_cohort, is_page=False),
    Route("reminders:again", LEADS_POST, kwargs=of_failed, is_page=False),
    Route("reminders:texts", LEADS, kwargs=of_cohort),
    Route("reminders:text", LEADS, kwargs=of_kind, takes_post=True),
    Route("reminders:restore", LEADS_POST, kwargs=of_kind, is_page=False),
    Route("reminders:preview", LEADS, kwargs=of_kind),
    Route("reminders:preview_html", LEADS, kwargs=of_kind, is_page=False),
)
