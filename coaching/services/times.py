"""Proposing times, answering, confirming, moving and calling off."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, TimeAnswer, TimeProposal, circle_of
from coaching.permissions import may_arrange, may_confirm_early
from coaching.services import invitations, letters
from coaching.services.loading import locked, locked_meeting
from coaching.services.slots import Slot, refuse_clash, refuse_slot
from coaching.services.visits import add_usual_blocks
from cohorts.models import Trio, TrioSeat
from cohorts.services.errors import RefusedError

Answer = TimeAnswer.Answer
State = CoachingSession.State
# More than this nobody reads through on a phone.
MOST_TIMES = 6


def next_round(trio: Trio) -> int:
    """The number that the next meeting gets: after those that took place and those that are planned.

    Not their count: where an earlier one was called off, a later one has that number already.
    """
    meetings = CoachingSession.objects.filter(trio=trio)
    last = (meetings.took_place() | meetings.open()).aggregate(last=Max("round_number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def propose(
    *,
    by: Any,
    trio: Trio,
    times: Sequence[Slot],
    kind: str = CoachingSession.Kind.TALK,
    host: TrioSeat | None = None,
    place: str = "",
    anyway: bool = False,
) -> CoachingSession:
    """Propose one or more times for the next meeting; the proposer says yes to each, the others are asked.

    A visit needs its host, one of the trio's seats. `anyway`: also without school. Raises RefusedError.
    """
    seat = locked(by=by, trio=trio)
    if not trio.program_year.is_open:
        raise RefusedError(_("The program year is closed. Meetings are planned in an open one."))
    if len(circle_of(trio)) < 2:
        raise RefusedError(_("Nobody else sits in this trio at the moment."))
    _refuse_host(trio, kind, host)
    meeting = CoachingSession.objects.create(
        trio=trio,
        kind=kind,
        host=host,
        place=place.strip(),
        organizer=seat.membership,
        round_number=next_round(trio),
        proposed_at=timezone.now(),
    )
    if kind == CoachingSession.Kind.VISIT:
        add_usual_blocks(meeting)
    _add_times(meeting, seat, times, anyway=anyway)
    letters.ask_for_answers(meeting, by=by)
    return meeting


@transaction.atomic
def propose_more(*, by: Any, meeting: CoachingSession, times: Sequence[Slot], anyway: bool = False) -> None:
    """Add times to a meeting that is still waiting, from any of its members; the others are asked."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if meeting.state != State.PROPOSED:
        raise RefusedError(_("This meeting is settled. Move it to have it at another time."))
    _add_times(meeting, seat, times, anyway=anyway)
    letters.ask_for_answers(meeting, by=by)


@transaction.atomic
def answer(*, by: Any, meeting: CoachingSession, answers: Mapping[int, str]) -> CoachingSession:
    """Say yes, if need be or no to proposed times (proposal → answer). The last yes confirms the meeting."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if meeting.state != State.PROPOSED:
        raise RefusedError(_("This meeting is settled already."))
    known = {proposal.pk: proposal for proposal in meeting.times.all()}
    if not answers or answers.keys() - known.keys() or set(answers.values()) - set(Answer.values):
        raise RefusedError(_("The proposed times have changed. Look at them once more."))
    for pk, said in answers.items():
        _say(known[pk], seat, said)
    agreed = first_agreed(meeting)
    if agreed is not None:
        _confirm(meeting, agreed, by=by)
    return meeting


@transaction.atomic
def confirm(*, by: Any, meeting: CoachingSession, proposal_id: int) -> CoachingSession:
    """Settle on one of the proposed times before everybody has said yes."""
    meeting, _seat = locked_meeting(by=by, meeting=meeting)
    if not may_confirm_early(by, meeting):
        raise RefusedError(_("Whoever proposed the meeting settles it, as long as it waits for answers."))
    proposal = meeting.times.filter(pk=proposal_id).first()
    if proposal is None:
        raise RefusedError(_("This time is no longer proposed."))
    _confirm(meeting, proposal, by=by)
    return meeting


@transaction.atomic
def move(
    *, by: Any, meeting: CoachingSession, slot: Slot, place: str | None = None, anyway: bool = False
) -> CoachingSession:
    """Put a planned meeting at another time; everybody gets the changed invitation.

    Of a series it is this one meeting alone: its place in the series stays what it was.
    """
    meeting, _seat = locked_meeting(by=by, meeting=meeting)
    if meeting.state != State.CONFIRMED:
        raise RefusedError(_("Only a planned meeting can be moved."))
    if (slot.starts_at, slot.ends_at) != (meeting.starts_at, meeting.ends_at):
        refuse_slot(meeting.trio, slot, visit=meeting.is_visit, anyway=anyway, but=meeting)
    meeting.starts_at, meeting.ends_at = slot.starts_at, slot.ends_at
    meeting.place = meeting.place if place is None else place.strip()
    meeting.save(update_fields=["starts_at", "ends_at", "place"])
    invitations.invite(meeting, by=by)
    return meeting


@transaction.atomic
def call_off(*, by: Any, meeting: CoachingSession) -> CoachingSession:
    """Call a meeting off that was proposed or planned; who had an invitation is told."""
    meeting, _seat = locked_meeting(by=by, meeting=meeting)
    if not may_arrange(by, meeting):
        raise RefusedError(_("This meeting is written down already, or was called off."))
    planned = meeting.state == State.CONFIRMED
    meeting.state = State.CANCELLED
    meeting.save(update_fields=["state"])
    if planned:
        invitations.cancel(meeting, by=by)
    else:
        letters.tell_called_off(meeting, by=by)
    return meeting


def first_agreed(meeting: CoachingSession) -> TimeProposal | None:
    """The earliest proposed time to which everybody who sits in the trio now has said yes."""
    seats = {seat.pk for seat in circle_of(meeting.trio)}
    for proposal in meeting.times.prefetch_related("answers"):
        yes = {each.seat_id for each in proposal.answers.all() if each.answer == Answer.YES}
        if seats <= yes and proposal.starts_at > timezone.now():
            return proposal
    return None


def needs_another_time(meeting: CoachingSession, answer_days: int, now: datetime.datetime) -> bool:
    """Whether to suggest other times: unanswered for too long, every time refused, or every time past."""
    if meeting.state != State.PROPOSED:
        return False
    proposals = list(meeting.times.prefetch_related("answers"))
    refused = [any(each.answer == Answer.NO for each in one.answers.all()) for one in proposals]
    past = [one.starts_at <= now for one in proposals]
    waited = now - meeting.proposed_at >= datetime.timedelta(days=answer_days)
    return waited or all(no or gone for no, gone in zip(refused, past, strict=True))


def _add_times(
    meeting: CoachingSession, seat: TrioSeat, times: Sequence[Slot], *, anyway: bool
) -> list[TimeProposal]:
    if not times:
        raise RefusedError(_("Propose at least one time."))
    if meeting.times.count() + len(set(times)) > MOST_TIMES:
        raise RefusedError(_("Six times are enough: with more, nobody answers any."))
    found = []
    for slot in dict.fromkeys(times):
        refuse_slot(meeting.trio, slot, visit=meeting.is_visit, anyway=anyway)
        proposal, _created = TimeProposal.objects.get_or_create(
            coaching_session=meeting, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
        _say(proposal, seat, Answer.YES)
        found.append(proposal)
    return found


def _say(proposal: TimeProposal, seat: TrioSeat, said: str) -> None:
    TimeAnswer.objects.update_or_create(
        proposal=proposal, seat=seat, defaults={"answer": said, "answered_at": timezone.now()}
    )


def _confirm(meeting: CoachingSession, proposal: TimeProposal, *, by: Any) -> None:
    slot = Slot(proposal.starts_at, proposal.ends_at)
    if slot.starts_at <= timezone.now():
        raise RefusedError(_("This time has passed. Propose another one."))
    refuse_clash(meeting.trio, slot, but=meeting)
    meeting.starts_at, meeting.ends_at = slot.starts_at, slot.ends_at
    meeting.state, meeting.confirmed_at = State.CONFIRMED, timezone.now()
    meeting.save(update_fields=["starts_at", "ends_at", "state", "confirmed_at"])
    invitations.invite(meeting, by=by)


def _refuse_host(trio: Trio, kind: str, host: TrioSeat | None) -> None:
    if kind != CoachingSession.Kind.VISIT:
        if host is not None:
            raise RefusedError(_("A talk has no host. Choose a site visit to name one."))
        return
    if host is None or host.pk not in {seat.pk for seat in circle_of(trio)}:
        raise RefusedError(_("Choose who hosts the visit."))
