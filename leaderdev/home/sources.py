"""Who contributes to the start page. A new app adds one line here; no app knows of this list."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import coaching.todo
import coaching.todo_forming
import coaching.todo_free_time
import cohorts.todo
import cohorts.todo_sessions
import growthplans.todo
import growthplans.todo_review
import leaderdev.accounts.todo
import leaderdev.home.sessions.todo
from leaderdev.common.todo import Task, in_order

Source = Callable[[Any, datetime.datetime], list[Task]]
SOURCES: tuple[Source, ...] = (
    cohorts.todo.tasks_for,
    coaching.todo.tasks_for,
    coaching.todo_forming.tasks_for,
    coaching.todo_free_time.tasks_for,
    cohorts.todo_sessions.tasks_for,
    growthplans.todo.tasks_for,
    growthplans.todo_review.tasks_for,
    leaderdev.home.sessions.todo.tasks_for,
    leaderdev.accounts.todo.tasks_for,
)


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Everything the person has to do, whichever app it belongs to, most urgent first."""
    return in_order([task for source in SOURCES for task in source(user, now)])
