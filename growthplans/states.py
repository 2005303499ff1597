"""The moves of a growth plan between its states: one table, one door for each move. No rows, no queries.

The same sentence guards a move and hides its button: whoever gets "" may go through.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """As stored in GrowthPlan.state."""

    DRAFT = "draft"
    SHARED = "shared"
    RETURNED = "returned"
    READ = "read"
    UNDER_WAY = "under_way"
    MID_YEAR = "mid_year"
    YEAR_END = "year_end"
    CLOSED = "closed"


class Voice(StrEnum):
    """What somebody is to a plan; as stored with comments and readings."""

    AUTHOR = "author"
    MATE = "mate"
    REVIEWER = "reviewer"


class Move(StrEnum):
    SHARE = "share"
    RECALL = "recall"
    MARK_READ = "mark_read"
    SEND_BACK = "send_back"
    START_WORK = "start_work"
    HOLD_MIDDLE = "hold_middle"
    HOLD_END = "hold_end"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Door:
    """`who` may take the plan from one of `sources` to `target`; `otherwise` says why not from elsewhere."""

    sources: frozenset[State]
    target: State
    who: Voice
    otherwise: object


def _door(sources: list[State], target: State, who: Voice, otherwise: object) -> Door:
    return Door(frozenset(sources), target, who, otherwise)


DOORS: dict[Move, Door] = {
    Move.SHARE: _door(
        [State.DRAFT, State.RETURNED], State.SHARED, Voice.AUTHOR, _("This plan is shared already.")
    ),
    Move.RECALL: _door(
        [State.SHARED],
        State.DRAFT,
        Voice.AUTHOR,
        _("A plan can be taken back only while it waits for its first reading."),
    ),
    Move.MARK_READ: _door(
        [State.SHARED],
        State.READ,
        Voice.REVIEWER,
        _("This plan is not waiting to be read."),
    ),
    Move.SEND_BACK: _door(
        [State.SHARED, State.READ],
        State.RETURNED,
        Voice.REVIEWER,
        _("A plan goes back with a question before the work on it begins. Write a comment instead."),
    ),
    Move.START_WORK: _door(
        [State.READ],
        State.UNDER_WAY,
        Voice.AUTHOR,
        _("Work on the plan begins once its reviewer has read it."),
    ),
    Move.HOLD_MIDDLE: _door(
        [State.READ, State.UNDER_WAY],
        State.MID_YEAR,
        Voice.AUTHOR,
        _("The mid-year check-in belongs to a plan that has been read and is under way."),
    ),
    Move.HOLD_END: _door(
        [State.READ, State.UNDER_WAY, State.MID_YEAR],
        State.YEAR_END,
        Voice.AUTHOR,
        _("The year-end conversation belongs to a plan that has been read and is under way."),
    ),
    Move.CLOSE: _door(
        [State.YEAR_END],
        State.CLOSED,
        Voice.AUTHOR,
        _("A plan is closed after its year-end conversation."),
    ),
    Move.REOPEN: _door(
        [State.CLOSED], State.YEAR_END, Voice.AUTHOR, _("Only a closed plan can be opened again.")
    ),
}
_ONLY = {
    Voice.AUTHOR: _("Only the author of the plan does this."),
    Voice.REVIEWER: _("Only the named reviewer of the plan does this."),
}


def refusal(
    move: Move, *, state: str, voice: str, reviewer_opened: bool = False, has_reviewer: bool = True
) -> str:
    """Why somebody with this voice cannot make the move now, as a sentence; "" when nothing is in the way.

    `has_reviewer` is whether somebody can still read it as reviewer: without one, nothing waits for it.
    """
    door = DOORS[move]
    if voice != door.who:
        return str(_ONLY[door.who])
    if move is Move.RECALL and state == State.SHARED and reviewer_opened:
        return str(_("Your reviewer has opened the plan, so it can no longer be taken back."))
    if move is Move.START_WORK and state == State.SHARED and not has_reviewer:
        return ""
    return "" if state in door.sources else str(door.otherwise)
