"""Loads the demo, part by part. A part that is there already is left alone, with everything typed into it.

A later part of the product adds its own part at the end of PARTS: a function that takes the world, stores
rows with `bulk_create`, and returns at once when its rows are there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from leaderdev.accounts.models import User
from leaderdev.home.demo import program
from leaderdev.home.demo.plan import make_plan
from leaderdev.home.demo.store import choices, mail, people, river_bend
from leaderdev.home.demo.store import program as program_rows
from leaderdev.home.demo.world import World

PARTS: tuple[Callable[[World], None], ...] = (
    people.operator,
    people.division,
    program_rows.cohort,
    choices.selections,
    choices.trios,
    program_rows.draft_cohort,
    river_bend.river_bend,
    mail.invitations,
)


def loaded_on() -> datetime.date | None:
    """The day a demo that is there hangs on, or None where there is no demo yet."""
    joined = User.objects.filter(email=program.OPERATOR_EMAIL).values_list("date_joined", flat=True).first()
    return joined.astimezone(ZoneInfo(program.TIME_ZONE)).date() if joined else None


@transaction.atomic
def load(today: datetime.date | None = None) -> World:
    """Add what is missing of the demo; all of it or, on an error, nothing.

    Dates hang on the day of the first loading, so that parts which come later fit those that are there;
    `today` counts only where there is no demo yet.
    """
    anchor = loaded_on() or today or timezone.localdate(timezone=ZoneInfo(program.TIME_ZONE))
    world = World(make_plan(anchor))
    for part in PARTS:
        part(world)
    return world
