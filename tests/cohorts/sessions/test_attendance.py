"""Arriving and leaving by code and by tick: each refusal has its sentence, nothing is lost or doubled."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cohorts import hours
from cohorts.models import Attendance, LearningSession
from cohorts.services.errors import RefusedError
from cohorts.services.sessions import attendance, look_backs
from cohorts.services.sessions.attendance import ARRIVE, LEAVE, code_now, note_by_code
from tests.cast import join, make_cohort, make_leader, make_year

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def shown(session, move=ARRIVE) -> str:
    return code_now(session, move, timezone.now())


def note(session, by, move=ARRIVE, code=None):
    return note_by_code(
        by=by, session=session, move=move, code=shown(session, move) if code is None else code
    )


def refused(session, by, move=ARRIVE, code=None) -> str:
    before = list(Attendance.objects.values())
    with pytest.raises(RefusedError) as caught:
        note(session, by, move, code)
    assert list(Attendance.objects.values()) == before
    return str(caught.value)


def test_late_and_left_early_are_kept(cast, session, during):
    during.move_to(session.starts_at + 15 * MINUTE)
    note(session, cast.participant)
    during.move_to(session.ends_at - 20 * MINUTE)
    note(session, cast.participant, LEAVE)
    (there,) = hours.of_session(session).values()
    assert (there.minutes, there.late, there.early) == (145, 15, 20)


def test_two_arrivals_without_a_leaving_are_one(cast, session, during):
    note(session, cast.participant)
    during.shift(5 * MINUTE)
    assert refused(session, cast.participant) == (
        "Your arrival is noted already: Tuesday 17 November, 10:00. Nothing more is needed until you leave."
    )


def test_out_and_in_again_are_two_stays(cast, session, during):
    for move in (ARRIVE, LEAVE, ARRIVE):
        note(session, cast.participant, move)
        during.shift(10 * MINUTE)
    assert session.attendance.count() == 2


def test_leaving_without_arriving_and_leaving_twice(cast, session, during):
    assert refused(session, cast.participant, LEAVE).startswith("Your arrival was not noted.")
    note(session, cast.participant)
    note(session, cast.participant, LEAVE)
    assert refused(session, cast.participant, LEAVE).startswith("Your leaving is noted already.")


def test_a_wrong_an_old_and_a_shared_around_code(cast, session, during):
    assert refused(session, cast.participant, code="BBBBBB").startswith(
        "This is not the code of this session."
    )
    assert refused(session, cast.participant, code=" - ").startswith("Type the six letters")
    sent_around = shown(session)
    note(session, cast.participant, code=sent_around)
    # A friend who is not in the room gets it by message, and types it when the screen shows others.
    during.shift(8 * MINUTE)
    assert refused(session, cast.mate, code=sent_around).startswith("This code has run out.")


def test_the_code_of_the_other_move(cast, session, during):
    assert refused(session, cast.participant, code=shown(session, LEAVE)).startswith(
        "This is the code for leaving."
    )
    assert refused(session, cast.participant, LEAVE, shown(session)).startswith(
        "This is the code for arriving."
    )


def test_a_code_typed_from_another_cohort(cast, session, during):
    second = make_cohort(cast.district, "Second", "second")
    year = make_year(second, cast.standard)
    theirs = LearningSession.objects.create(
        program_year=year, number=1, title="Theirs", starts_at=session.starts_at, ends_at=session.ends_at
    )
    assert refused(session, cast.participant, code=shown(theirs)) == (
        "This code belongs to another cohort’s session. Look at the screen in your own room."
    )
    assert refused(theirs, cast.participant) == "Only participants of the cohort note their attendance."


def test_before_the_door_opens_and_after_it_has_closed(cast, session, during):
    during.move_to(session.starts_at - 61 * MINUTE)
    assert refused(session, cast.participant) == (
        "Attendance of this session is noted from Tuesday 17 November, 8:00 on."
    )
    during.move_to(session.ends_at + 61 * MINUTE)
    assert refused(session, cast.participant).startswith("The session is over.")


def test_who_has_left_the_cohort_or_came_later(cast, session, during):
    member = cast.members["participant"]
    member.left_on = datetime.date(2026, 11, 17)
    member.save()
    assert refused(session, cast.participant) == (
        "Participant Person had left the cohort before this session; attendance ends with the membership."
    )
    with pytest.raises(RefusedError, match="had left the cohort"):
        attendance.tick(by=cast.facilitator, session=session, membership=member, arrived_at=session.starts_at)
    member.left_on, member.joined_on = None, datetime.date(2026, 11, 18)
    member.save()
    assert refused(session, cast.participant) == "Participant Person joined the cohort after this session."


def test_a_tick_corrects_and_never_doubles(cast, session, during):
    note(session, cast.participant)
    by = {"by": cast.facilitator, "session": session, "membership": cast.members["participant"]}
    attendance.tick(**by, arrived_at=session.starts_at)
    row = attendance.tick(**by, arrived_at=session.starts_at, left_at=session.starts_at + 30 * MINUTE)
    assert session.attendance.get() == row
    assert (row.how, row.taken_by) == ("tick", cast.facilitator)
    attendance.untick(by=cast.facilitator, session=session, membership=by["membership"])
    assert not session.attendance.exists()


@pytest.mark.parametrize(
    ("arrived", "left", "sentence"),
    [
        (30, 20, "Leaving comes after arriving"),
        (200, None, "outside the session"),
        (-30, -10, "outside the session"),
        (100, None, "has not happened yet"),
    ],
)
def test_times_that_cannot_be(cast, session, during, arrived, left, sentence):
    with pytest.raises(RefusedError, match=sentence):
        attendance.tick(
            by=cast.facilitator,
            session=session,
            membership=cast.members["mate"],
            arrived_at=session.starts_at + arrived * MINUTE,
            left_at=None if left is None else session.starts_at + left * MINUTE,
        )


def test_everybody_at_once_keeps_who_is_there(cast, session, during, other):
    note(session, cast.participant)
    members = [cast.members[name] for name in ("participant", "mate", "third")]
    assert attendance.tick_many(by=cast.facilitator, session=session, memberships=members) == 2
    assert attendance.tick_many(by=cast.facilitator, session=session, memberships=members) == 0
    assert session.attendance.get(membership=members[0]).how == "code"
    for door in (attendance.tick_many,):
        with pytest.raises(RefusedError, match="another cohort"):
            door(by=cast.facilitator, session=session, memberships=[other.members["mate"]])
    with pytest.raises(RefusedError, match="another cohort"):
        attendance.tick(
            by=cast.facilitator,
            session=session,
            membership=other.members["mate"],
            arrived_at=session.starts_at,
        )
    during.move_to(session.starts_at - 70 * MINUTE)
    with pytest.raises(RefusedError, match="has not begun"):
        attendance.tick_many(by=cast.facilitator, session=session, memberships=members)


@pytest.mark.parametrize("who", ["participant", "researcher"])
def test_only_facilitators_and_leads_tick(cast, session, during, who):
    with pytest.raises(PermissionDenied):
        attendance.untick(by=getattr(cast, who), session=session, membership=cast.members["mate"])


def test_sixty_people_by_code_within_two_minutes_loses_and_doubles_nobody(cast, session, during):
    people = []
    for number in range(60):
        leader = make_leader(cast.district, f"p{number}@example.ca", f"P {number:02}")
        join(cast.cohort, leader)
        people.append(leader.user)
    during.move_to(session.starts_at - 5 * MINUTE)
    for number, user in enumerate(people):
        note(session, user)
        if number % 3 == 0:  # an impatient thumb
            refused(session, user)
        during.shift(datetime.timedelta(seconds=2))
    assert session.attendance.count() == 60
    assert len(hours.of_session(session)) == 60
    assert {each.minutes for each in hours.of_session(session).values()} == {180}


def test_a_look_back_is_written_for_oneself_and_shared_by_choice(cast, session, during):
    by = {"by": cast.facilitator, "session": session}
    with pytest.raises(RefusedError, match="Write your look-back first"):
        look_backs.share_look_back(**by, shared=True)
    row = look_backs.save_look_back(**by, values={"modelling": 3, "noticed": "Few asked why."})
    again = look_backs.save_look_back(**by, values={"noticed": "Many asked why."})
    assert (again.pk, again.modelling) == (row.pk, 3)
    look_backs.share_look_back(**by, shared=True)
    readers = type(row).objects
    assert readers.readable_by(cast.lead).count() == 1
    assert not readers.readable_by(cast.participant).exists()
    assert not readers.readable_by(cast.manager).exists()
    look_backs.share_look_back(**by, shared=False)
    assert not readers.readable_by(cast.lead).exists()
    assert not readers.readable_by(cast.operator).exists()
    for who in ("participant", "manager", "operator"):
        with pytest.raises(PermissionDenied):
            look_backs.save_look_back(by=getattr(cast, who), session=session, values={})
    during.move_to(session.starts_at - MINUTE)
    with pytest.raises(RefusedError, match="not been held"):
        look_backs.save_look_back(**by, values={})
