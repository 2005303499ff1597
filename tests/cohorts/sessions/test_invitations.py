"""Who is invited to learning sessions: once, from the day the year is open, and who came or left since."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import LearningSession, Membership, ProgramYear
from cohorts.services.memberships import add_members
from cohorts.services.sessions import invitations
from cohorts.services.sessions.years import move_session
from cohorts.services.years import close_program_year, open_program_year, reopen_program_year
from cohorts.tasks import invite_to_sessions
from leaderdev.common.models import OutgoingMail
from tests.cast import make_cast
from tests.common.calendar_samples import read

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 9, 8, 16, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
# Everybody but the researcher, who asks for an invitation of her own.
EXPECTED = {"lead", "facilitator", "participant", "mate", "third", "bystander"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def cast(clock):
    """The cast with two sessions to come and one that is over."""
    cast = make_cast()
    cast.year.learning_sessions.all().delete()
    for number, days in ((1, -3), (2, 20), (3, 55)):
        add_session(cast, number, NOW + days * DAY)
    return cast


def add_session(cast, number: int, starts_at: datetime.datetime) -> LearningSession:
    return LearningSession.objects.create(
        program_year=cast.year,
        number=number,
        title=f"Talk {number}",
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
        host=cast.schools[1],
        place="Library",
    )


def letters(after: int = 0) -> list[tuple[str, str, str, int]]:
    """Address, method, title and sequence of what was queued, as another library reads the calendar."""
    found = []
    for row in OutgoingMail.objects.exclude(calendar="").filter(pk__gt=after).order_by("pk"):
        calendar = read(row.calendar)
        event = calendar.vevent
        attendee = event.attendee.value.removeprefix("mailto:").removeprefix("MAILTO:")
        assert attendee.lower() == row.to_address
        found.append((row.to_address, calendar.method.value, event.summary.value, int(event.sequence.value)))
    return found


def last() -> int:
    return OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def uids() -> set[tuple[str, str]]:
    events = [read(text).vevent for text in OutgoingMail.objects.values_list("calendar", flat=True)]
    return {(event.summary.value, event.uid.value) for event in events}


def test_a_year_that_opens_invites_everybody_once_to_each_session_to_come(cast):
    ProgramYear.objects.filter(pk=cast.year.pk).update(state=ProgramYear.State.DRAFT)
    assert invite_to_sessions() == 0
    cast.year.refresh_from_db()
    open_program_year(by=cast.lead, year=cast.year)

    assert invite_to_sessions() == len(EXPECTED) * 2
    assert invite_to_sessions() == 0

    titles = ("Learning session 2: Talk 2", "Learning session 3: Talk 3")
    addresses = {getattr(cast, name).email for name in EXPECTED}
    assert sorted(letters()) == sorted((to, "REQUEST", title, 0) for to in addresses for title in titles)
    assert len(uids()) == 2
    mail = OutgoingMail.objects.filter(to_address=cast.mate.email).earliest("pk")
    assert mail.subject == "Learning session 2: Talk 2: Monday 28 September, 10:00–13:00"
    assert "School 101, Library" in mail.body_text
    assert read(mail.calendar).vevent.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/Edmonton"]


def test_who_holds_two_roles_gets_one_invitation(cast):
    Membership.objects.create(
        cohort=cast.cohort, leader=cast.members["mate"].leader, role="facilitator", joined_on="2026-08-01"
    )
    assert invite_to_sessions() == len(EXPECTED) * 2


def test_a_session_that_has_no_title_of_its_own_is_not_named_twice(cast):
    LearningSession.objects.filter(number=3).update(title="Learning session 3")
    invite_to_sessions()
    assert "Learning session 3" in {row[2] for row in letters()}


def test_who_joins_later_is_invited_to_what_is_still_to_come_and_nobody_else_hears(cast, clock):
    invite_to_sessions()
    before = last()
    clock.move_to(NOW + 30 * DAY)
    leader = cast.members["researcher"].leader
    add_members(by=cast.lead, cohort=cast.cohort, leaders=[leader], role="participant", joined_on=NOW.date())
    invite_to_sessions()
    assert letters(before) == [(cast.researcher.email, "REQUEST", "Learning session 3: Talk 3", 0)]


def test_who_leaves_is_told_once_and_comes_back_under_the_same_uid(cast):
    invite_to_sessions()
    before, known = last(), uids()
    membership = cast.members["mate"]
    Membership.objects.filter(pk=membership.pk).update(left_on=NOW.date())
    invite_to_sessions()
    assert {row[:2] for row in letters(before)} == {(cast.mate.email, "CANCEL")}
    assert len(letters(before)) == 2
    assert invite_to_sessions() == 0

    before = last()
    Membership.objects.filter(pk=membership.pk).update(left_on=None)
    assert invite_to_sessions() == 2
    assert {row[:2] for row in letters(before)} == {(cast.mate.email, "REQUEST")}
    assert uids() == known


def test_a_session_added_to_an_open_year_is_sent_by_itself(cast):
    invite_to_sessions()
    before = last()
    add_session(cast, 4, NOW + 90 * DAY)
    assert invite_to_sessions() == len(EXPECTED)
    assert {row[1:] for row in letters(before)} == {("REQUEST", "Learning session 4: Talk 4", 0)}


def test_a_session_that_was_moved_is_told_once_by_whichever_door(cast):
    invite_to_sessions()
    second, third = cast.year.learning_sessions.filter(number__gt=1).order_by("number")
    moved = {"starts_at": second.starts_at + DAY, "ends_at": second.ends_at + DAY}
    move_session(by=cast.lead, session=second, **moved, host=second.host, place=second.place)
    assert invite_to_sessions() == 0
    before = last()
    LearningSession.objects.filter(pk=third.pk).update(place="Gym")
    assert invite_to_sessions() == len(EXPECTED)
    assert {row[1:] for row in letters(before)} == {("REQUEST", "Learning session 3: Talk 3", 1)}
    assert invite_to_sessions() == 0


def test_a_session_that_is_deleted_is_off_for_everybody_who_held_it(cast):
    invite_to_sessions()
    before = last()
    cast.year.learning_sessions.get(number=3).delete()
    assert invite_to_sessions() == len(EXPECTED)
    assert {row[1:3] for row in letters(before)} == {("CANCEL", "Learning session 3: Talk 3")}
    assert invite_to_sessions() == 0


def test_a_session_that_has_begun_is_left_alone(cast, clock):
    invite_to_sessions()
    second = cast.year.learning_sessions.get(number=2)
    Membership.objects.filter(pk=cast.members["mate"].pk).update(left_on=NOW.date())
    clock.move_to(second.starts_at + datetime.timedelta(hours=1))
    before = last()
    invite_to_sessions()
    assert [row[1:3] for row in letters(before)] == [("CANCEL", "Learning session 3: Talk 3")]


def test_a_year_that_is_closed_tells_nobody_and_reopened_says_nothing_twice(cast):
    invite_to_sessions()
    close_program_year(by=cast.lead, year=cast.year)
    Membership.objects.filter(pk=cast.members["mate"].pk).update(left_on=NOW.date())
    assert invite_to_sessions() == 0
    cast.year.refresh_from_db()
    reopen_program_year(by=cast.lead, year=cast.year)
    assert invite_to_sessions() == 2


def test_where_nothing_changed_the_queries_are_few_whatever_the_number_of_sessions(cast):
    def queries() -> int:
        invite_to_sessions()
        with CaptureQueriesContext(connection) as caught:
            assert invite_to_sessions() == 0
        return len(caught)

    few = queries()
    for number in range(4, 10):
        add_session(cast, number, timezone.now() + number * 20 * DAY)
    assert queries() == few <= 5


def test_a_year_without_sessions_sends_nothing(cast):
    cast.year.learning_sessions.all().delete()
    assert invite_to_sessions() == 0


def test_what_is_deleted_between_asking_and_the_lock_is_sent_to_nobody(cast, monkeypatch):
    asked = invitations._addresses

    def delete_meanwhile(year: ProgramYear) -> set[str]:
        year.learning_sessions.all().delete()
        return asked(year)

    monkeypatch.setattr(invitations, "_addresses", delete_meanwhile)
    assert invite_to_sessions() == 0
    assert not letters()
