"""Arriving and leaving: by the code shown in the room, or ticked by the facilitator.

A stay that is open counts until the session's end, so that nobody who forgets to note leaving loses hours.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Attendance, LearningSession, Membership
from cohorts.planning import codes
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.guarding import locked_session
from leaderdev.common.dates import moment_in_words, today_in

ARRIVE, LEAVE = "arrive", "leave"
# The door opens before the first coffee and closes when the chairs are stacked.
OPENS_BEFORE = datetime.timedelta(minutes=60)
CLOSES_AFTER = datetime.timedelta(minutes=60)


def secret() -> bytes:
    """Codes are derived and never stored: nobody reads them out of a database."""
    return f"attendance:{settings.SECRET_KEY}".encode()


def door_is_open(session: LearningSession, now: datetime.datetime) -> bool:
    return session.starts_at - OPENS_BEFORE <= now <= session.ends_at + CLOSES_AFTER


def code_now(session: LearningSession, move: str, now: datetime.datetime) -> str:
    return codes.code_at(secret(), session.pk, move, codes.window_of(now))


def participant_of(session: LearningSession, by: Any) -> Membership | None:
    """The person's place as a participant of the session's cohort, also when it has ended."""
    cohort_id = session.program_year.cohort_id
    mine = Membership.objects.of_person(by).participants().filter(cohort_id=cohort_id)
    return mine.select_related("leader__user").first()


def note_by_code(
    *, by: Any, session: LearningSession, move: str, code: str, now: datetime.datetime | None = None
) -> Attendance:
    """Note the person's arriving or leaving now. Raises RefusedError with the sentence for her.

    The same arrival twice is one: the second time gives back what stands. Nothing is written by a refusal.
    """
    now = now or timezone.now()
    member = participant_of(session, by)
    if member is None:
        raise RefusedError(_("Only participants of the cohort note their attendance."))
    _refuse_who_left(session, member)
    if not door_is_open(session, now):
        raise RefusedError(_closed_sentence(session, now))
    _refuse_code(session, move, code, now)
    if move == LEAVE:
        return _leave(member, session, now)
    return _arrive(member, session, now, how=Attendance.How.CODE, by=by)


@transaction.atomic
def tick(
    *,
    by: Any,
    session: LearningSession,
    membership: Membership,
    arrived_at: datetime.datetime,
    left_at: datetime.datetime | None = None,
) -> Attendance:
    """The facilitator notes one stay; whoever is in the room already is corrected, not doubled."""
    session = locked_session(by, session)
    if membership.cohort_id != session.program_year.cohort_id:
        raise RefusedError(_("This person belongs to another cohort."))
    _refuse_who_left(session, membership)
    _refuse_times(session, arrived_at, left_at)
    last = session.attendance.filter(membership=membership).order_by("-arrived_at").first()
    row = last or Attendance(session=session, membership=membership)
    row.arrived_at, row.left_at, row.how, row.taken_by = arrived_at, left_at, Attendance.How.TICK, by
    row.save()
    # One tick says how the whole session went; earlier stays that it swallows would count twice.
    session.attendance.filter(membership=membership, arrived_at__gte=arrived_at).exclude(pk=row.pk).delete()
    return row


@transaction.atomic
def tick_many(*, by: Any, session: LearningSession, memberships: Sequence[Membership]) -> int:
    """Everybody named was there from beginning to end; who has a stay already keeps it. Returns how many."""
    session = locked_session(by, session)
    if timezone.now() < session.starts_at - OPENS_BEFORE:
        raise RefusedError(_("The session has not begun; nobody can have been there."))
    there = set(session.attendance.values_list("membership_id", flat=True))
    fresh = [m for m in memberships if m.pk not in there]
    for member in fresh:
        if member.cohort_id != session.program_year.cohort_id:
            raise RefusedError(_("This person belongs to another cohort."))
        _refuse_who_left(session, member)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            membership=member,
            arrived_at=session.starts_at,
            how=Attendance.How.TICK,
            taken_by=by,
        )
        for member in fresh
    )
    return len(fresh)


@transaction.atomic
def untick(*, by: Any, session: LearningSession, membership: Membership) -> None:
    """The person was not there after all."""
    session = locked_session(by, session)
    session.attendance.filter(membership=membership).delete()


@transaction.atomic
def _arrive(
    member: Membership, session: LearningSession, now: datetime.datetime, *, how: str, by: Any
) -> Attendance:
    # Two taps in one moment, or a tap and the facilitator's tick: one after the other, so that the second
    # finds the first. The lock leaves the key alone, see guarding.locked_session.
    LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    stay = {"session": session, "membership": member, "left_at": None}
    there = Attendance.objects.filter(**stay).first()
    if there is not None:
        raise RefusedError(_already_here(session, there))
    return Attendance.objects.create(**stay, arrived_at=now, how=how, taken_by=by)


def _already_here(session: LearningSession, there: Attendance) -> str:
    sentence = _("Your arrival is noted already: %(when)s. Nothing more is needed until you leave.")
    return sentence % {"when": moment_in_words(there.arrived_at, session.zone)}


@transaction.atomic
def _leave(member: Membership, session: LearningSession, now: datetime.datetime) -> Attendance:
    here = Attendance.objects.select_for_update().filter(session=session, membership=member)
    stay = here.filter(left_at=None).first()
    if stay is not None:
        stay.left_at = max(now, stay.arrived_at)
        stay.save(update_fields=["left_at"])
        return stay
    if here.exists():
        raise RefusedError(_("Your leaving is noted already. If you came back, note your arrival again."))
    raise RefusedError(
        _("Your arrival was not noted. Note it first, or ask the facilitator to tick you on the roll.")
    )


def _refuse_who_left(session: LearningSession, member: Membership) -> None:
    day = today_in(session.zone, session.starts_at)
    if member.left_on is not None and member.left_on <= day:
        sentence = _("%(name)s had left the cohort before this session; attendance ends with the membership.")
        raise RefusedError(sentence % {"name": member.leader.user.get_full_name()})
    if member.joined_on > day:
        sentence = _("%(name)s joined the cohort after this session.")
        raise RefusedError(sentence % {"name": member.leader.user.get_full_name()})


def _refuse_times(
    session: LearningSession, arrived_at: datetime.datetime, left_at: datetime.datetime | None
) -> None:
    if left_at is not None and left_at < arrived_at:
        raise RefusedError(_("Leaving comes after arriving. Check the two times."))
    if arrived_at >= session.ends_at or (left_at is not None and left_at <= session.starts_at):
        raise RefusedError(_("These times lie outside the session."))
    if arrived_at > timezone.now() + datetime.timedelta(minutes=5):
        raise RefusedError(_("That has not happened yet. Note it when the person has arrived."))


def _closed_sentence(session: LearningSession, now: datetime.datetime) -> str:
    if now < session.starts_at:
        opens = moment_in_words(session.starts_at - OPENS_BEFORE, session.zone)
        return _("Attendance of this session is noted from %(when)s on.") % {"when": opens}
    return _("The session is over. Ask the facilitator to put you on the roll.")


def _refuse_code(session: LearningSession, move: str, code: str, now: datetime.datetime) -> None:
    if not codes.tidy(code):
        raise RefusedError(_("Type the six letters that are shown in the room."))
    found = codes.match(secret(), session.pk, move, code, now)
    if found is codes.Match.NOW:
        return
    if found is codes.Match.OLD:
        raise RefusedError(
            _("This code has run out. A new one is shown every few minutes; look at the screen in the room.")
        )
    other = LEAVE if move == ARRIVE else ARRIVE
    if codes.match(secret(), session.pk, other, code, now) is codes.Match.NOW:
        raise RefusedError(
            _("This is the code for leaving. For arriving, take the other one.")
            if move == ARRIVE
            else _("This is the code for arriving. For leaving, take the other one.")
        )
    if _belongs_elsewhere(session, code, now):
        raise RefusedError(
            _("This code belongs to another cohort’s session. Look at the screen in your own room.")
        )
    raise RefusedError(_("This is not the code of this session. Look again: it has six letters."))


def _belongs_elsewhere(session: LearningSession, code: str, now: datetime.datetime) -> bool:
    """Whether a session of the same district that runs at this moment shows the code."""
    running = LearningSession.objects.in_district(session.program_year.cohort.district).filter(
        starts_at__lte=now + OPENS_BEFORE, ends_at__gte=now - CLOSES_AFTER
    )
    return any(
        codes.match(secret(), pk, move, code, now) is not codes.Match.WRONG
        for pk in running.exclude(pk=session.pk).values_list("pk", flat=True)[:20]
        for move in (ARRIVE, LEAVE)
    )
