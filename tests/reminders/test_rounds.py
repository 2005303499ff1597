"""One round: who is due gets a row, a row becomes a mail, once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from growthplans.models import CheckIn
from leaderdev.accounts.models import User
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import CohortMail, KindChoice, KindSwitch, Reminder
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round
from tests.cast import join, make_leader, make_plan
from tests.reminders.conftest import DAY_BEFORE, SESSION, WEEK_BEFORE

MINUTE = dt.timedelta(minutes=1)
State = Reminder.State
# Everybody who is expected at a learning session of the cast.
EXPECTED = {"lead", "facilitator", "participant", "mate", "third", "bystander"}


def round_at(instant: dt.datetime):
    with time_machine.travel(instant, tick=False):
        return one_round([by_name("session_ahead"), by_name("check_in")])


def sent_to(kind: str = "session_ahead") -> list[str]:
    rows = Reminder.objects.filter(kind=kind, state=State.SENT)
    return sorted(row.person.email.split("@")[0] for row in rows.select_related("person"))


@pytest.mark.usefixtures("session")
def test_everybody_expected_gets_one_mail_a_week_and_one_a_day_before():
    for instant, tally in (
        (WEEK_BEFORE - MINUTE, 0),
        (WEEK_BEFORE, 6),
        (WEEK_BEFORE + MINUTE, 0),
        (DAY_BEFORE - MINUTE, 0),
        (DAY_BEFORE, 6),
        (DAY_BEFORE + MINUTE, 0),
        (SESSION + MINUTE, 0),
    ):
        assert round_at(instant).sent == tally, instant
    assert sent_to() == sorted([*EXPECTED, *EXPECTED])
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 12


def test_the_mail_says_what_when_where_and_how_to_stop_it(cast, session):
    cast.district.contact_email, cast.district.contact_name = "office@example.ca", "Rosa Office"
    cast.district.save()
    round_at(WEEK_BEFORE)
    message = next(each for each in mail.outbox if each.to == [cast.participant.email])

    assert message.subject == "Coaching conversations: Thursday 14 January, 9:00–15:00"
    assert message.extra_headers["Reply-To"] == "office@example.ca"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/mail/stop/")
    (html,) = [content for content, _ in message.alternatives]
    for text in (message.body, html):
        assert "Good day Participant," in text
        assert "Where: School 102, library" in text
        assert f"/sessions/{session.pk}/" in text
        assert "You get this mail because you belong to this cohort." in text
        assert "Rosa Office" in text


def test_a_round_asks_the_same_questions_for_one_person_and_for_many(cast, session):
    def queries() -> int:
        with time_machine.travel(WEEK_BEFORE, tick=False), CaptureQueriesContext(connection) as seen:
            find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
        return len(seen)

    few = queries()
    Reminder.objects.all().delete()
    for number in range(30):
        join(cast.cohort, make_leader(cast.district, f"more{number}@example.ca"))
    assert queries() == few
    assert Reminder.objects.count() == 36


def test_a_session_that_is_moved_is_announced_again_and_moved_back_is_not(session):
    round_at(WEEK_BEFORE)
    session.starts_at += dt.timedelta(days=7)
    session.ends_at += dt.timedelta(days=7)
    session.save()
    assert round_at(DAY_BEFORE).sent == 0
    session.starts_at -= dt.timedelta(days=7)
    session.ends_at -= dt.timedelta(days=7)
    session.save()
    assert round_at(DAY_BEFORE + MINUTE).sent == 6
    assert len(sent_to()) == 12


def test_what_became_obsolete_between_due_and_send_is_due_again_when_it_is_true_again(cast, session):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    session.starts_at += dt.timedelta(hours=2)
    session.ends_at += dt.timedelta(hours=2)
    session.save()
    tally = round_at(WEEK_BEFORE + MINUTE)
    assert (tally.sent, tally.obsolete) == (6, 6)
    session.starts_at -= dt.timedelta(hours=2)
    session.ends_at -= dt.timedelta(hours=2)
    session.save()
    assert round_at(WEEK_BEFORE + MINUTE * 2).sent == 6
    assert set(Reminder.objects.values_list("state", flat=True)) == {State.SENT}


def test_nobody_is_written_to_at_night_and_late_mail_comes_in_the_morning(session):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    night = WEEK_BEFORE + dt.timedelta(hours=14)
    tally = round_at(night)
    assert (tally.sent, tally.delayed) == (0, 6)
    assert round_at(dt.datetime(2027, 1, 8, 14, 29, tzinfo=dt.UTC)).sent == 0
    assert round_at(dt.datetime(2027, 1, 8, 14, 30, tzinfo=dt.UTC)).sent == 6


def test_after_the_session_nothing_late_goes_out(session):
    find_due(now=DAY_BEFORE, kinds=[by_name("session_ahead")])
    tally = round_at(SESSION)
    assert (tally.sent, tally.obsolete) == (0, 6)
    assert set(Reminder.objects.values_list("reason", flat=True)) == {"too late"}


def test_who_comes_late_hears_once_and_not_of_both_at_once(cast, session):
    round_at(WEEK_BEFORE)
    join(cast.cohort, make_leader(cast.district, "late@example.ca"))
    assert round_at(WEEK_BEFORE + dt.timedelta(days=1)).sent == 1
    join(cast.cohort, make_leader(cast.district, "later@example.ca"))
    assert round_at(DAY_BEFORE).sent == 8


def test_a_person_switched_off_gets_nothing(cast, session):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    User.objects.filter(pk=cast.mate.pk).update(is_active=False)
    tally = round_at(WEEK_BEFORE)
    assert (tally.sent, tally.obsolete) == (5, 1)


def test_held_mail_waits_and_leaves_when_it_is_released(cast, session):
    CohortMail.objects.create(cohort=cast.cohort, held_at=WEEK_BEFORE)
    assert round_at(WEEK_BEFORE).sent == 0
    assert Reminder.objects.overdue_at(WEEK_BEFORE + MINUTE).count() == 0
    CohortMail.objects.all().delete()
    assert round_at(WEEK_BEFORE + dt.timedelta(hours=2)).sent == 6


def test_a_cohort_switches_a_kind_off_or_sets_its_days(cast, session):
    switch = KindSwitch.objects.create(cohort=cast.cohort, kind="session_ahead", is_on=False)
    assert round_at(WEEK_BEFORE).sent == 0
    switch.is_on, switch.days = True, {"week": 3}
    switch.save()
    assert round_at(WEEK_BEFORE + MINUTE).sent == 0
    assert round_at(dt.datetime(2027, 1, 11, 14, 30, tzinfo=dt.UTC)).sent == 6


def test_who_stopped_the_kind_or_wants_only_what_is_required_gets_none(cast, session):
    KindChoice.objects.create(person=cast.mate, kind="session_ahead", wanted=False)
    User.objects.filter(pk=cast.third.pk).update(delivery="required")
    assert round_at(WEEK_BEFORE).sent == 4
    cancelled = Reminder.objects.filter(state=State.CANCELLED)
    assert {row.person for row in cancelled} == {cast.mate, cast.third}


def test_who_stops_it_between_due_and_send_gets_none(cast, session):
    find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")])
    KindChoice.objects.create(person=cast.mate, kind="session_ahead", wanted=False)
    tally = round_at(WEEK_BEFORE)
    assert (tally.sent, tally.cancelled) == (5, 1)


def test_one_mail_a_day_gathers_what_is_due(cast, session):
    plan = make_plan(cast)
    day = dt.date(2027, 1, 14)
    CheckIn.objects.create(plan=plan, kind="middle", due_on=day, first_due_on=day)
    User.objects.filter(pk=cast.participant.pk).update(delivery="daily")
    round_at(WEEK_BEFORE)
    assert cast.participant.email not in {message.to[0] for message in mail.outbox}
    tally = round_at(WEEK_BEFORE + dt.timedelta(minutes=15))
    assert tally.sent == 2
    message = mail.outbox[-1]
    assert message.to == [cast.participant.email]
    assert message.subject == "Today: 2 things from your leadership program"
    assert "Coaching conversations: Thursday 14 January" in message.body
    assert "mid-year check-in" in message.body
    assert "List-Unsubscribe" in message.extra_headers
