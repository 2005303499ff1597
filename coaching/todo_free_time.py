"""Asks once to say when one is free, as long as a trio plans with usual hours instead."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import Availability
from coaching.todo import open_seats
from cohorts.models import Membership
from cohorts.standing import standing_of
from leaderdev.common.todo import Task, Urgency


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Members of a trio in an open year who have not said anything about their week."""
    takes_part = standing_of(user).in_role(Membership.Role.PARTICIPANT)
    if not takes_part or not open_seats(user) or Availability.objects.filter(user_id=user.pk).exists():
        return []
    return [
        Task(
            title=_("Say when you are free"),
            url=reverse("coaching:free_time"),
            button=_("Say when"),
            note=_("Then your trio is offered times that suit all of you. It takes two minutes."),
            icon="clock",
            urgency=Urgency.WHENEVER,
        )
    ]
