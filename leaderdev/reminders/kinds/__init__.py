"""Every kind of reminder. A new one is one small class, three templates in emails/<name>/, a line here."""

from __future__ import annotations

from leaderdev.reminders.kinds.base import Kind
from leaderdev.reminders.kinds.choosing import ChoosingCloses, ChoosingOpens
from leaderdev.reminders.kinds.coaching import (
    ConversationOffered,
    JournalOpen,
    LogMissing,
    MeetingAhead,
    ProposalUnanswered,
    ReleaseDecided,
)
from leaderdev.reminders.kinds.invitation import InvitationUnused
from leaderdev.reminders.kinds.learning_session import SessionAhead
from leaderdev.reminders.kinds.plans import CheckInDue, FeedbackReceived, PlanWaiting
from leaderdev.reminders.kinds.preparation import PreparationAsked
from leaderdev.reminders.kinds.surveys import SurveyCloses
from leaderdev.reminders.kinds.told import Told
from leaderdev.reminders.kinds.weekly import WeeklyDigest

# In the order of a program year, as settings list them.
KINDS: tuple[Kind, ...] = (
    InvitationUnused(),
    ChoosingOpens(),
    ChoosingCloses(),
    SessionAhead(),
    PreparationAsked(),
    SurveyCloses(),
    ProposalUnanswered(),
    MeetingAhead(),
    LogMissing(),
    JournalOpen(),
    ConversationOffered(),
    ReleaseDecided(),
    PlanWaiting(),
    FeedbackReceived(),
    CheckInDue(),
    WeeklyDigest(),
)
# What a round looks for: also what is no kind of its own for anybody.
FOUND: tuple[Kind, ...] = (*KINDS, Told())
_BY_NAME = {kind.name: kind for kind in FOUND}


def find(name: str) -> Kind | None:
    return _BY_NAME.get(name)


def by_name(name: str) -> Kind:
    """The kind; KeyError for a name that no kind has."""
    return _BY_NAME[name]
