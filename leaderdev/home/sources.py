"""Who contributes to the start page. A new app adds one line here; no app knows of this list."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import cohorts.todo
import growthplans.todo
import growthplans.todo_review
import leaderdev.accounts.todo
from leaderdev.common.todo import Task, in_order

Source = Callable[[Any, datetime.datetime], list[Task]]
SOURCES: tuple[Source, ...] = (
    cohorts.todo.tasks_for,
    growthplans.todo.tasks_for,
    growthplans.todo_review.tasks_for,
    leaderdev.accounts.todo.tasks_for,
)


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Everything the person has to do, whichever app it belongs to, most urgent first."""
    return in_order([task for source in SOURCES for task in source(user, now)])
