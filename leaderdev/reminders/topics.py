"""What a person chooses among: kinds of reminder and notices side by side, in the order of a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leaderdev.reminders import kinds, notices
from leaderdev.reminders.kinds.base import Kind
from leaderdev.reminders.notices import Notice

Topic = Kind | Notice

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("The program"),
        (
            "invitation",
            "invitation_unused",
            "choosing_opens",
            "choose_focus",
            "choosing_closes",
            "session_ahead",
            "calendar",
            "survey_open",
            "survey_closes",
            "weekly_digest",
        ),
    ),
    (
        _("Your trio"),
        (
            "trio_published",
            "meeting_proposed",
            "proposal_unanswered",
            "meeting_ahead",
            "log_missing",
            "journal_open",
            "conversation_offered",
            "release_decided",
        ),
    ),
    (
        _("Growth plans"),
        ("plan_shared", "plan_waiting", "plan_answered", "plan_comment", "feedback_received", "check_in"),
    ),
)


def find(name: str) -> Topic | None:
    """A kind or a notice that people know by this name; what gathers a daily mail is none."""
    kind = kinds.find(name)
    return kind if kind in kinds.KINDS else notices.find(name)


def grouped() -> list[tuple[Any, list[Topic]]]:
    return [(heading, [topic for name in names if (topic := find(name))]) for heading, names in GROUPS]


def every() -> Iterable[Topic]:
    return (topic for _heading, topics in grouped() for topic in topics)


def stoppable() -> list[Topic]:
    return [topic for topic in every() if not topic.required]
