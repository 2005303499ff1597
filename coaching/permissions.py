"""Every permission of a trio's talks, each with a sentence that a director can read.

Who may know of a trio's talks at all is `trios_of(user)` and `visible_to(user)` (no: 404). The functions
below answer "may this person do it?" (no: 403). Reading a word of a talk is in none of them.
"""

from __future__ import annotations

from typing import Any

from coaching.models import CoachingSession, JournalEntry, LeadConversation, Observation, circle_of, my_seats
from cohorts.models import ProgramYear, Trio, TrioSeat
from cohorts.permissions import may_configure_year


def seat_of(user: Any, trio: Trio) -> TrioSeat | None:
    """The person's own seat in the trio now, or None."""
    return my_seats(user).filter(trio_id=trio.pk).select_related("membership__leader__user").first()


def may_arrange(user: Any, meeting: CoachingSession) -> bool:
    """Each member of the trio proposes, answers, moves and calls off a meeting that is not logged yet."""
    return meeting.is_open and seat_of(user, meeting.trio) is not None


def may_confirm_early(user: Any, meeting: CoachingSession) -> bool:
    """Whoever proposed a meeting may settle it before all have answered; if she left, each member may."""
    if meeting.state != CoachingSession.State.PROPOSED:
        return False
    seats = {seat.membership_id: seat for seat in circle_of(meeting.trio)}
    mine = seat_of(user, meeting.trio)
    return mine is not None and (
        mine.membership_id == meeting.organizer_id or meeting.organizer_id not in seats
    )


def may_read_observation(user: Any, observation: Observation) -> bool:
    """An observation is for its author and the host of the visit."""
    seats = (observation.seat, observation.coaching_session.host)
    return user.pk in [seat.membership.leader.user_id for seat in seats if seat is not None]


def may_release(user: Any, entry: JournalEntry) -> bool:
    """Only the author opens a journal entry, and closes it again."""
    return entry.author.leader.user_id == user.pk and entry.skipped_at is None


def may_decide_release(user: Any, year: ProgramYear) -> bool:
    """Those who configure a year see dates, held or not, rounds and visits, and decide about release time."""
    return may_configure_year(user, year)


def may_hold_conversation(user: Any, conversation: LeadConversation) -> bool:
    """A program lead of the cohort holds the conversation and reads the entries released for it."""
    leads = conversation.program_year.cohort.memberships.leads().current()
    return leads.of_person(user).exists()
