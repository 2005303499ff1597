"""Loads the demo, part by part. A part that is there already is left alone, with everything typed into it.

FOUNDATION comes with the first loading, all of it or nothing. A later part of the product adds its own
function at the end of PARTS: it takes the world, returns at once when its rows are there, stores them with
`bulk_create`, and copes with what a visitor has renamed or removed since.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from leaderdev.accounts.models import User
from leaderdev.home.demo import program
from leaderdev.home.demo.plan import make_plan
from leaderdev.home.demo.store import (
    choices,
    coaching,
    evidence,
    free_time,
    growth,
    invitations,
    mail,
    people,
    plan_history,
    reminders,
    river_bend,
    sessions,
    surveys,
    trio_proposals,
    two_views,
)
from leaderdev.home.demo.store import program as program_rows
from leaderdev.home.demo.world import World

FOUNDATION: tuple[Callable[[World], None], ...] = (
    people.operator,
    people.division,
    program_rows.cohort,
    choices.selections,
    choices.trios,
    program_rows.draft_cohort,
    river_bend.river_bend,
)
PARTS: tuple[Callable[[World], None], ...] = (
    mail.invitations,
    trio_proposals.proposals,
    growth.plans,
    evidence.evidence,
    plan_history.plan_history,
    sessions.agendas,
    invitations.invitations,
    surveys.surveys,
    two_views.two_views,
    free_time.free_time,
    free_time.addresses,
    coaching.coaching,
    # Last: it tells of what the other parts have stored.
    reminders.week,
)


def loaded_on() -> datetime.date | None:
    """The day a demo that is there hangs on, or None where there is no demo yet.

    The operator and the people of the second district were added that day. People can be renamed but not
    removed, and so the one or the other is found whatever visitors do.
    """
    operator = User.objects.filter(email=program.OPERATOR_EMAIL)
    roll = User.objects.filter(leaders__district__slug=program.RIVER_BEND_SLUG)
    days = (added.aggregate(first=Min("date_joined"))["first"] for added in (operator, roll))
    joined = next((day for day in days if day), None)
    return joined.astimezone(ZoneInfo(program.TIME_ZONE)).date() if joined else None


@transaction.atomic
def load(today: datetime.date | None = None) -> World:
    """Add what is missing of the demo; all of it or, on an error, nothing.

    Dates hang on the day of the first loading, so that parts which come later fit those that are there;
    `today` counts only where there is no demo yet.
    """
    known = loaded_on()
    anchor = known or today or timezone.localdate(timezone=ZoneInfo(program.TIME_ZONE))
    world = World(make_plan(anchor))
    for part in PARTS if known else (*FOUNDATION, *PARTS):
        part(world)
    return world
