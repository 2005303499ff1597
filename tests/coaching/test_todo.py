"""What a trio's talks ask on the start page: times, logs, journals, offers, and release time of leads."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.models import CoachingSession, TimeAnswer, TimeProposal
from coaching.todo import tasks_for
from cohorts.models import ProgramYear, TrioSeat
from leaderdev.accounts.models import User
from leaderdev.common.todo import Task, Urgency
from tests.cast import Cast
from tests.coaching.meetings import make_conversation, make_entry, make_meeting, make_request, seat

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 2, 16, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def planned(cast: Cast, start: dt.datetime, **fields) -> CoachingSession:
    return make_meeting(cast, starts_at=start, ends_at=start + HOUR, **fields)


def asked(cast: Cast, name: str = "participant") -> list[tuple[str, str]]:
    """(address, button) of each task. The person is asked for anew, as each request does."""
    user = User.objects.get(pk=getattr(cast, name).pk)
    return [(task.url, task.button) for task in tasks_for(user, NOW)]


def one(cast: Cast, name: str = "participant") -> Task:
    (task,) = tasks_for(User.objects.get(pk=getattr(cast, name).pk), NOW)
    return task


def test_proposed_times_are_asked_of_who_has_answered_none(cast):
    found = make_meeting(cast, state="proposed")
    times = [
        TimeProposal.objects.create(
            coaching_session=found, starts_at=NOW + n * DAY, ends_at=NOW + n * DAY + HOUR
        )
        for n in (3, 4)
    ]
    TimeAnswer.objects.create(proposal=times[1], seat=seat(cast, "mate"), answer="no", answered_at=NOW)
    planned(cast, NOW + 40 * DAY, number=2)
    assert (f"/meetings/{found.pk}/times/", "Answer") in asked(cast)
    assert (f"/meetings/{found.pk}/times/", "Answer") not in asked(cast, "mate")
    assert len(asked(cast, "mate")) == 1


def test_a_meeting_to_come_is_near_within_a_week_and_far_after_it(cast):
    near = planned(cast, NOW + 7 * DAY)
    task = one(cast)
    assert (task.url, task.button, task.urgency) == (f"/meetings/{near.pk}/", "Get ready", Urgency.SOON)
    assert task.due == "Monday 9 November, 9:00"
    CoachingSession.objects.update(starts_at=NOW + 8 * DAY, ends_at=NOW + 8 * DAY + HOUR)
    assert one(cast).urgency is Urgency.WHENEVER


def test_a_meeting_whose_time_is_over_asks_whether_it_was_held(cast):
    over = planned(cast, NOW - HOUR)
    task = one(cast, "third")
    assert (task.url, task.button) == (f"/meetings/{over.pk}/log/", "Log it")
    assert task.due == "Monday 2 November, 8:00"


def test_a_journal_is_asked_for_two_weeks_of_who_has_not_written(cast):
    held = planned(cast, NOW - 2 * DAY, state="held", logged_at=NOW - DAY)
    make_entry(cast, held, author=cast.members["mate"])
    assert asked(cast) == [(f"/meetings/{held.pk}/journal/", "Write or skip")]
    assert asked(cast, "mate") == []
    CoachingSession.objects.update(logged_at=NOW - 15 * DAY)
    assert asked(cast) == []


@pytest.mark.parametrize("state", ["not_held", "cancelled"])
def test_what_did_not_take_place_asks_nothing(cast, state):
    planned(cast, NOW - 2 * DAY, state=state, logged_at=NOW - DAY if state == "not_held" else None)
    assert asked(cast) == []


def test_who_has_left_the_trio_or_whose_year_is_closed_is_asked_nothing(cast):
    planned(cast, NOW + DAY)
    assert len(asked(cast, "third")) == 1
    TrioSeat.objects.filter(membership=cast.members["third"]).update(left_on=NOW.date())
    assert asked(cast, "third") == []
    ProgramYear.objects.update(state=ProgramYear.State.CLOSED)
    assert asked(cast) == []


def test_an_offer_is_asked_about_until_it_is_answered(cast):
    offer = make_conversation(cast, offered_at=NOW - DAY)
    task = one(cast)
    assert (task.url, task.button) == (f"/conversations/{offer.pk}/", "Yes or not this time")
    assert "after round 3" in task.title
    type(offer).objects.update(state="declined")
    assert asked(cast) == []


def test_leads_see_how_many_wait_for_release_time_and_nobody_else_does(cast):
    visit = planned(cast, NOW + 9 * DAY, kind="visit")
    make_request(cast, visit)
    make_request(cast, visit, seat=seat(cast, "third"))
    make_request(cast, visit, seat=seat(cast, "mate"), state="approved", decided_at=NOW)
    task = one(cast, "lead")
    assert "2 in Leaders 2026" in task.title
    assert (task.button, task.audience) == ("Decide", "lead")
    assert asked(cast, "facilitator") == []
    assert all(button != "Decide" for _, button in asked(cast))


def test_it_asks_the_database_as_often_for_many_meetings(cast):
    def queries() -> int:
        user = User.objects.get(pk=cast.participant.pk)
        with CaptureQueriesContext(connection) as caught:
            tasks_for(user, NOW)
        return len(caught)

    planned(cast, NOW + DAY, number=1)
    make_meeting(cast, state="proposed", number=2)
    planned(cast, NOW - 2 * DAY, number=3, state="held", logged_at=NOW - DAY)
    few = queries()
    for number in range(4, 10):
        planned(cast, NOW + number * DAY, number=number)
    assert queries() == few
