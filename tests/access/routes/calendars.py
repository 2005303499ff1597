"""Addresses of free time, own calendars and feeds."""

from __future__ import annotations

import datetime
from typing import Any

from coaching.services.availability import add_exception
from leaderdev.accounts.services import calendar_feeds
from tests.access.roles import EVERYONE, MEMBERS, SIGNED_IN, policy
from tests.access.routes.route import Route, of_cohort
from tests.cast import Cast


def of_exception(cast: Cast) -> dict[str, Any]:
    day = datetime.date(2027, 3, 2)
    return {"pk": add_exception(by=cast.participant, first_day=day, last_day=day).pk}


def of_calendar(cast: Cast) -> dict[str, Any]:
    return {"token": calendar_feeds.renew(by=cast.participant).token}


POST_ONLY = policy(405, outside=405)

CALENDARS: tuple[Route, ...] = (
    # Everybody says it for herself; there is no address for another person's week.
    Route("coaching:free_time", SIGNED_IN, view_as="participant", takes_post=True),
    Route("coaching:free_time_exception_add", SIGNED_IN, view_as="participant", takes_post=True),
    Route("coaching:free_time_exception_remove", POST_ONLY, kwargs=of_exception, is_page=False),
    Route("coaching:own_calendar", SIGNED_IN, view_as="participant", takes_post=True),
    Route("coaching:own_calendar_file", SIGNED_IN, view_as="participant", takes_post=True),
    Route("coaching:own_calendar_again", POST_ONLY, is_page=False, takes_post=True),
    Route("coaching:own_calendar_remove", POST_ONLY, is_page=False, takes_post=True),
    # Whoever has the address reads: calendar programs cannot sign in. tests/home/test_calendar_feeds.py
    Route("home:calendar_feed", EVERYONE, kwargs=of_calendar, is_page=False),
    Route("home:my_calendar", SIGNED_IN, view_as="participant", takes_post=True),
    Route("home:my_calendar_renew", POST_ONLY, is_page=False, takes_post=True),
    Route("home:my_calendar_revoke", POST_ONLY, is_page=False, takes_post=True),
    Route("home:cohort_calendar", MEMBERS, kwargs=of_cohort),
)
