"""Changes by hand: moves, pins, taking back. Each is one step that can be undone.

What the lead may know decides what is possible. A confidential wish forbids nothing here: a refusal would
tell of it (docs/decisions/confidential-wishes.md).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.forming_permissions import may_change_proposal
from coaching.matching import Trio
from coaching.matching.moving import moved, places, seat_of
from coaching.matching.plain import person_from, rules_from
from coaching.models import TrioProposal
from leaderdev.common.refusals import RefusedError

# More steps back than this nobody takes, and a proposal of 3,000 people stays small.
MOST_STEPS = 30


def groups_of(proposal: TrioProposal) -> list[Trio]:
    return [
        Trio(tuple(group["members"]), group["competency"], (), group["pinned"]) for group in proposal.groups
    ]


@transaction.atomic
def move_person(*, by: Any, proposal: TrioProposal, person: str, group: int, swap: str = "") -> TrioProposal:
    """Seat somebody in another group, in exchange for `swap` where one is named; group -1: without a seat.

    The place must be one that moving.places offers. Raises RefusedError otherwise.
    """
    proposal = _locked(by, proposal)
    groups, people = groups_of(proposal), [person_from(row) for row in proposal.people]
    names = {one.id: one.label for one in people}
    if person not in names:
        raise RefusedError(_("This person is not part of the proposal."))
    offered = places(people, rules_from(proposal.rules), groups, proposal.unplaced, person)
    if not any((place.group, place.swap) == (group, swap) for place in offered):
        raise RefusedError(_("This place is no longer open to this person. Choose one from the list."))
    words = _words(names, proposal, person, group, swap)
    focus = next(one.competency for one in people if one.id == person)
    after, alone = moved(groups, proposal.unplaced, person, group, swap, focus)
    old = proposal.groups
    rows = [
        {
            "competency": one.competency,
            "members": list(one.members),
            "pinned": one.pinned,
            "trio": old[number]["trio"] if number < len(old) else None,
        }
        for number, one in enumerate(after)
        if one is not None
    ]
    return _store(proposal, rows, alone, words)


@transaction.atomic
def pin_trio(*, by: Any, proposal: TrioProposal, number: int, pinned: bool) -> TrioProposal:
    """Hold a trio of the proposal fast, or let it go; number counts from zero."""
    proposal = _locked(by, proposal)
    if not 0 <= number < len(proposal.groups):
        raise RefusedError(_("This trio is not part of the proposal any more."))
    rows = [
        {**group, "pinned": pinned} if at == number else group for at, group in enumerate(proposal.groups)
    ]
    words = _("Trio %(number)d pinned") if pinned else _("Trio %(number)d let go")
    return _store(proposal, rows, proposal.unplaced, words % {"number": proposal.numbers[number]})


@transaction.atomic
def undo(*, by: Any, proposal: TrioProposal) -> str:
    """Take the last step back; returns what it was."""
    proposal = _locked(by, proposal)
    if not proposal.history:
        raise RefusedError(_("There is nothing to take back."))
    *earlier, last = proposal.history
    proposal.groups, proposal.unplaced, proposal.history = last["groups"], last["unplaced"], earlier
    proposal.moves_made = last["moves_made"]
    proposal.save(update_fields=["groups", "unplaced", "history", "moves_made"])
    return last["words"]


def _locked(by: Any, proposal: TrioProposal) -> TrioProposal:
    rows = TrioProposal.objects.select_for_update(of=("self",)).select_related(
        "program_year__cohort__district"
    )
    proposal = rows.get(pk=proposal.pk)
    if not may_change_proposal(by, proposal):
        raise RefusedError(_("This proposal cannot be changed any more. Copy it to go on from here."))
    return proposal


def _store(proposal: TrioProposal, groups: list[dict], unplaced: list[str], words: str) -> TrioProposal:
    step = {
        "groups": proposal.groups,
        "unplaced": proposal.unplaced,
        "moves_made": proposal.moves_made,
        "words": words,
    }
    proposal.history = [*proposal.history, step][-MOST_STEPS:]
    if [group["members"] for group in groups] != [group["members"] for group in proposal.groups]:
        proposal.moves_made += 1
    proposal.groups, proposal.unplaced = groups, list(unplaced)
    proposal.save(update_fields=["groups", "unplaced", "history", "moves_made"])
    return proposal


def _words(names: dict[str, str], proposal: TrioProposal, person: str, group: int, swap: str) -> str:
    here = seat_of(groups_of(proposal), person)
    if swap and group >= 0:
        return _("%(one)s and %(other)s changed places") % {"one": names[person], "other": names[swap]}
    if swap:
        return _("%(one)s and %(other)s seated together") % {"one": names[person], "other": names[swap]}
    if group < 0:
        return _("%(one)s left without a seat") % {"one": names[person]}
    if here < 0:
        return _("%(one)s seated in trio %(number)d") % {
            "one": names[person],
            "number": proposal.numbers[group],
        }
    return _("%(one)s moved to trio %(number)d") % {"one": names[person], "number": proposal.numbers[group]}
