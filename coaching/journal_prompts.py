"""What a journal asks, as the year goes: doubt at the start, problems, changed habits, a changed view."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from coaching.models import JournalEntry

Stage = JournalEntry.Stage


@dataclass(frozen=True)
class Prompt:
    question: Any
    hint: Any


PROMPTS = {
    Stage.START: Prompt(
        _("What do you hope for from your trio, and what are you not sure of?"),
        _("Doubts belong here: most people have some at the start."),
    ),
    Stage.EARLY: Prompt(
        _("What was hard today, in your plan or in the coaching?"),
        _("The first months are where most trouble shows. Name one thing."),
    ),
    Stage.MIDDLE: Prompt(
        _("What do you do differently than in the autumn?"),
        _("A small change that somebody else could notice counts."),
    ),
    Stage.LATE: Prompt(
        _("How do you see your work differently now?"),
        _("Think of a moment in which you surprised yourself."),
    ),
}
KINDS = (
    ("emotional", _("It did me good: support, courage, being heard")),
    ("functional", _("It got something done: an idea, a tool, a decision")),
    ("developmental", _("It made me grow: a new way to see or to act")),
)
MANNERS = (
    ("asked", _("Mostly asked")),
    ("told", _("Mostly told")),
    ("both", _("Some of each")),
)


def stage_of(first: datetime.date, day: datetime.date, rounds_done: int) -> str:
    """The stage of the year: the first round is the start, then every three months from the first day."""
    if rounds_done <= 1:
        return Stage.START
    months = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
    if months < 3:
        return Stage.EARLY
    return Stage.MIDDLE if months < 6 else Stage.LATE
