"""Mail about a trio's meetings: of two meetings of one trio, each is asked about itself."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from coaching.models import CoachingSession, TimeAnswer, TimeProposal
from cohorts.models import Trio, TrioSeat
from tests.coaching.meetings import make_conversation, make_entry, make_meeting, make_request, seat
from tests.reminders.postbox import DAY, HOUR, MINUTE, morning, told

# Monday 2 November 2026, nine o'clock in Edmonton.
MONDAY = dt.datetime(2026, 11, 2, 16, tzinfo=dt.UTC)
THURSDAY = morning(dt.date(2026, 11, 5))


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def planned(cast, start: dt.datetime, **fields) -> CoachingSession:
    return make_meeting(cast, starts_at=start, ends_at=start + HOUR, proposed_at=MONDAY, **fields)


def proposed(cast, *answered: str, **fields) -> CoachingSession:
    found = make_meeting(cast, state="proposed", proposed_at=MONDAY, **fields)
    times = TimeProposal.objects.create(
        coaching_session=found, starts_at=MONDAY + 9 * DAY, ends_at=MONDAY + 9 * DAY + HOUR
    )
    for name in answered:
        TimeAnswer.objects.create(proposal=times, seat=seat(cast, name), answer="yes", answered_at=MONDAY)
    return found


def test_who_has_answered_none_of_the_times_hears_three_days_later_and_once(cast):
    waits = proposed(cast, "participant")
    assert told(THURSDAY - MINUTE, "proposal_unanswered") == []
    path = f"/meetings/{waits.pk}/times/"
    assert told(THURSDAY, "proposal_unanswered") == [("mate", path), ("third", path)]
    assert told(THURSDAY + DAY, "proposal_unanswered") == []


def test_a_meeting_that_is_settled_is_not_asked_about_because_another_is_not(cast):
    planned(cast, MONDAY + 9 * DAY, number=1)
    waits = proposed(cast, "participant", "mate", number=2)
    assert told(THURSDAY, "proposal_unanswered") == [("third", f"/meetings/{waits.pk}/times/")]


def test_the_organizer_of_one_is_asked_about_the_other(cast):
    first = proposed(cast, number=1, organizer=cast.members["mate"])
    second = proposed(cast, number=2, organizer=cast.members["third"])
    assert told(THURSDAY, "proposal_unanswered") == [
        ("mate", f"/meetings/{second.pk}/times/"),
        ("participant", f"/meetings/{first.pk}/times/"),
        ("participant", f"/meetings/{second.pk}/times/"),
        ("third", f"/meetings/{first.pk}/times/"),
    ]


def test_the_organizer_is_asked_what_became_of_a_meeting_two_days_after_it(cast):
    with time_machine.travel(MONDAY - 9 * DAY, tick=False):
        waits = planned(cast, MONDAY, number=1)
        planned(cast, MONDAY, number=2, state="held", organizer=cast.members["mate"])
        planned(cast, MONDAY + 9 * DAY, number=3, organizer=cast.members["third"])
    wednesday = morning(dt.date(2026, 11, 4))
    assert told(wednesday - MINUTE, "log_missing") == []
    assert told(wednesday, "log_missing") == [("participant", f"/meetings/{waits.pk}/log/")]
    assert told(wednesday + DAY, "log_missing") == []


def test_the_journal_opens_for_who_has_not_written_of_a_meeting_that_took_place(cast):
    held = planned(cast, MONDAY - HOUR, number=1, state="held", logged_at=MONDAY)
    planned(cast, MONDAY - HOUR, number=2, state="not_held", logged_at=MONDAY)
    make_entry(cast, held, author=cast.members["mate"])
    path = f"/meetings/{held.pk}/journal/"
    assert told(MONDAY, "journal_open") == []
    found = told(MONDAY + HOUR, "journal_open")
    assert [name for name, _ in found] == ["participant", "third"]
    assert all(link.startswith(path) for _, link in found)
    assert told(MONDAY + 2 * HOUR, "journal_open") == []


def test_a_meeting_is_announced_the_school_day_before_and_what_is_called_off_is_not(cast):
    ahead = planned(cast, MONDAY + 7 * DAY, number=1)
    planned(cast, MONDAY + 7 * DAY, number=2, state="cancelled")
    friday = morning(dt.date(2026, 11, 6))
    assert told(friday - MINUTE, "meeting_ahead") == []
    path = f"/meetings/{ahead.pk}/"
    everybody = [("mate", path), ("participant", path), ("third", path)]
    assert told(friday, "meeting_ahead") == everybody
    assert told(friday + 3 * DAY, "meeting_ahead") == []


def test_a_meeting_that_moves_is_announced_again_for_its_new_day(cast):
    ahead = planned(cast, MONDAY + 2 * DAY)
    assert len(told(morning(dt.date(2026, 11, 3)), "meeting_ahead")) == 3
    CoachingSession.objects.filter(pk=ahead.pk).update(
        starts_at=MONDAY + 8 * DAY, ends_at=MONDAY + 8 * DAY + HOUR
    )
    assert told(morning(dt.date(2026, 11, 4)), "meeting_ahead") == []
    assert len(told(morning(dt.date(2026, 11, 9)), "meeting_ahead")) == 3


def test_who_has_left_the_trio_or_sits_in_one_that_is_not_published_hears_nothing(cast):
    planned(cast, MONDAY + 2 * DAY)
    TrioSeat.objects.filter(membership=cast.members["third"]).update(left_on=MONDAY.date())
    tuesday = morning(dt.date(2026, 11, 3))
    assert [name for name, _ in told(tuesday, "meeting_ahead")] == ["mate", "participant"]
    Trio.objects.update(published_at=None)
    planned(cast, MONDAY + 3 * DAY)
    assert told(tuesday + DAY, "meeting_ahead") == []


def test_a_decided_release_request_is_told_to_who_asked_once(cast):
    visit = planned(cast, MONDAY + 9 * DAY, kind="visit")
    make_request(cast, visit, state="approved", decided_at=MONDAY)
    make_request(cast, visit, seat=seat(cast, "third"))
    instant = MONDAY + HOUR
    assert told(instant, "release_decided") == [("participant", f"/meetings/{visit.pk}/")]
    assert told(instant + DAY, "release_decided") == []


def test_the_conversation_is_offered_once_and_not_to_who_has_answered(cast):
    offer = make_conversation(cast, offered_at=MONDAY)
    found = told(MONDAY + HOUR, "conversation_offered")
    assert [name for name, _ in found] == ["participant"]
    assert str(offer.pk) in found[0][1]
    assert told(MONDAY + 2 * HOUR, "conversation_offered") == []
    make_conversation(cast, offered_at=MONDAY + DAY)
    type(offer).objects.update(state="declined")
    assert told(MONDAY + DAY + HOUR, "conversation_offered") == []
