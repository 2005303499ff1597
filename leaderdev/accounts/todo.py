"""What a person's own account asks of them, for the start page."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leaderdev.common.todo import Task, Urgency

# Someone who goes by the first word of their name has nothing to fill in; after this we stop asking.
ASK_ABOUT_PROFILE_DAYS = 30


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    new_here = now - user.date_joined < datetime.timedelta(days=ASK_ABOUT_PROFILE_DAYS)
    if user.preferred_name or not new_here:
        return []
    return [
        Task(
            title=_("Look over your profile"),
            url=reverse("accounts:profile"),
            button=_("Open your profile"),
            note=_("Say what colleagues call you, and check your time zone: meeting times are shown in it."),
            icon="person",
            urgency=Urgency.WHENEVER,
            audience="everyone",
        )
    ]
