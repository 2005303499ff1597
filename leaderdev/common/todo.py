"""What a person has to do next: the shape that every app's `todo.tasks_for` hands to the start page.

An app contributes by a function `tasks_for(user, now) -> list[Task]` that leaderdev/home/sources.py names.
"""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass


class Urgency(enum.IntEnum):
    """How early a task stands on the list."""

    LATE = 0
    SOON = 1
    NORMAL = 2
    WHENEVER = 3


@dataclass(frozen=True)
class Task:
    """One thing to do, with one button.

    `due_on` is the district's date or None; `due` the sentence shown for it; `audience` says for whom the
    person does it ("participant", "lead"), so that a person with two hats finds them apart.
    """

    title: str
    url: str
    button: str
    due_on: datetime.date | None = None
    due: str = ""
    note: str = ""
    icon: str = ""
    urgency: Urgency = Urgency.NORMAL
    audience: str = "participant"

    @property
    def late(self) -> bool:
        return self.urgency is Urgency.LATE

    @property
    def action_label(self) -> str:
        """The name under which components/task_list.html looks for the button."""
        return self.button


def in_order(tasks: list[Task]) -> list[Task]:
    """Most urgent first, then by due date; what has no date comes after what has one."""
    return sorted(tasks, key=lambda task: (task.urgency, task.due_on or datetime.date.max, task.title))
