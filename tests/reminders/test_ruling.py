"""One rule for all mail: what the apps queue keeps to hours, school days, held cohorts and choices."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import NoSchoolDay
from leaderdev.accounts.models import User
from leaderdev.accounts.services.invitations import ask_again, invite_many
from leaderdev.common.mail.delivery import deliver_due
from leaderdev.common.mail.queue import queue_mail, store
from leaderdev.common.mail.rules import NoRule
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import CohortMail, KindChoice, Reminder
from leaderdev.reminders.notices import NOTICES, of_mail
from leaderdev.reminders.services.round import one_round
from leaderdev.reminders.services.ruling import HELD
from leaderdev.reminders.topics import every

# Edmonton, winter time: 7 hours behind UTC. A Thursday's noon, its night, and the mornings that follow.
NOON = dt.datetime(2027, 1, 7, 19, tzinfo=dt.UTC)
NIGHT = dt.datetime(2027, 1, 8, 4, tzinfo=dt.UTC)
FRIDAY = dt.datetime(2027, 1, 8, 14, 30, tzinfo=dt.UTC)
SATURDAY = dt.datetime(2027, 1, 9, 19, tzinfo=dt.UTC)
MONDAY = dt.datetime(2027, 1, 11, 14, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
State = OutgoingMail.State


def told(person, kind: str = "plan_comment", at: dt.datetime = NOON, **wishes) -> OutgoingMail:
    """A mail that one of the apps queues at an instant."""
    context = {
        "greeting": "Ana",
        "name": "Bo",
        "year": "2026–27",
        "voice": "",
        "title": "Round 3",
        "times": ["Friday 8 January, 15:00–16:00"],
        "when": "Monday",
        "place": "",
        "note": "",
        "button_url": "http://127.0.0.1:8000/plans/7/",
        "button_label": "Open the plan",
        "why": "You get this mail because it is about your growth plan.",
    }
    with time_machine.travel(at, tick=False):
        return queue_mail(to=person.email, kind=kind, context=context, **wishes)


def sent_at(instant: dt.datetime) -> int:
    with time_machine.travel(instant, tick=False):
        return deliver_due()


def state_of(row: OutgoingMail) -> str:
    row.refresh_from_db()
    return row.state


def test_by_day_it_leaves_at_once_and_can_be_stopped_in_one_click(cast):
    row = told(cast.mate)
    assert sent_at(NOON) == 1
    (message,) = mail.outbox
    (stop,) = re.findall(r"<(\S+)>", message.extra_headers["List-Unsubscribe"])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (html,) = [content for content, _type in message.alternatives]
    for text in (message.body, html):
        assert stop in text
        assert "/profile/mail/" in text
    assert (row.path, state_of(row)) == ("/plans/7/", State.SENT)


def test_the_click_stops_that_kind_and_no_other(cast, client):
    told(cast.mate)
    sent_at(NOON)
    (stop,) = re.findall(r"<http://127.0.0.1:8000(\S+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    stopped, other = told(cast.mate), told(cast.mate, "plan_shared")
    assert sent_at(NOON) == 1
    assert (state_of(stopped), state_of(other)) == (State.UNWANTED, State.SENT)


def test_at_night_it_waits_for_the_morning_where_the_reader_lives(cast):
    User.objects.filter(pk=cast.mate.pk).update(time_zone="Australia/Sydney")
    there, here = told(cast.mate, at=NIGHT), told(cast.third, at=NIGHT)
    # Three in the afternoon in Sydney, nine in the evening in Edmonton.
    assert sent_at(NIGHT) == 1
    assert (state_of(there), state_of(here)) == (State.SENT, State.QUEUED)
    assert here.next_attempt_at == FRIDAY
    assert sent_at(FRIDAY - MINUTE) == 0
    assert sent_at(FRIDAY) == 1


def test_a_weekend_and_a_day_without_school_are_left_out(cast):
    NoSchoolDay.objects.create(
        calendar=cast.year.calendar, first_day="2027-01-11", last_day="2027-01-11", name="Closed"
    )
    row = told(cast.mate, at=SATURDAY)
    assert sent_at(SATURDAY) == 0
    row.refresh_from_db()
    assert row.next_attempt_at == MONDAY + dt.timedelta(days=1)


def test_who_has_no_year_keeps_the_week_s_own_days(cast):
    row = told(cast.manager, "plan_shared", at=SATURDAY)
    assert sent_at(SATURDAY) == 0
    row.refresh_from_db()
    assert row.next_attempt_at == MONDAY


def test_what_is_needed_before_the_morning_leaves_at_night(cast):
    early = told(cast.mate, "calendar_cancelled", at=NIGHT, needed_by=FRIDAY - dt.timedelta(hours=1))
    late = told(cast.mate, "calendar_cancelled", at=NIGHT, needed_by=FRIDAY + dt.timedelta(hours=1))
    assert sent_at(NIGHT) == 1
    assert (state_of(early), state_of(late)) == (State.SENT, State.QUEUED)


def test_what_happens_on_a_day_without_school_may_be_told_on_it(cast):
    told(cast.mate, "calendar_changed", at=SATURDAY, needed_by=SATURDAY + dt.timedelta(hours=3))
    assert sent_at(SATURDAY) == 1


def test_what_is_over_does_not_leave(cast):
    row = told(cast.mate, "meeting_dropped", at=NIGHT, useful_until=FRIDAY + dt.timedelta(hours=1))
    assert sent_at(FRIDAY + dt.timedelta(hours=1)) == 0
    assert state_of(row) == State.UNWANTED


def test_who_may_not_sign_in_any_more_hears_nothing(cast):
    row = told(cast.mate)
    User.objects.filter(pk=cast.mate.pk).update(is_active=False)
    assert sent_at(NOON) == 0
    assert state_of(row) == State.UNWANTED


def test_who_wants_only_what_is_required_gets_just_that(cast):
    User.objects.filter(pk=cast.mate.pk).update(delivery="required")
    row, needed = told(cast.mate), told(cast.mate, "calendar_changed")
    assert sent_at(NOON) == 1
    assert (state_of(row), state_of(needed)) == (State.UNWANTED, State.SENT)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "it comes whatever you choose" in mail.outbox[0].body


def test_a_held_cohort_s_mail_waits_and_mail_about_signing_in_does_not(cast):
    CohortMail.objects.create(cohort=cast.cohort, held_at=NOON)
    row = told(cast.mate)
    with time_machine.travel(NOON, tick=False):
        store(to=cast.mate.email, kind="account", subject="Your code", text="1234-5678")
    assert sent_at(NOON) == 1
    assert [message.subject for message in mail.outbox] == ["Your code"]
    CohortMail.objects.all().delete()
    assert sent_at(NOON + HELD) == 1
    assert state_of(row) == State.SENT


def test_an_invitation_waits_for_the_morning_and_one_that_is_asked_for_does_not(cast):
    with time_machine.travel(NIGHT, tick=False):
        invite_many(by=cast.lead, users=[cast.mate])
        assert deliver_due() == 0
        ask_again(email=cast.mate.email)
        assert deliver_due() == 1
    # The first link does not work any more, but the mail says when it was written; both open the same door.
    assert sent_at(FRIDAY) == 1


@pytest.mark.django_db
def test_an_address_that_is_nobody_s_is_written_to_at_once():
    with time_machine.travel(NIGHT, tick=False):
        store(to="gone@example.ca", kind="calendar_cancelled", subject="Off", text="Off")
        assert deliver_due() == 1


# --- One mail a day -----------------------------------------------------------------------------


def gathered(cast, *, kind: str = "plan_comment", at: dt.datetime = NOON, **wishes) -> OutgoingMail:
    User.objects.filter(pk=cast.mate.pk).update(delivery="daily")
    return told(cast.mate, kind, at=at, **wishes)


def round_at(instant: dt.datetime) -> int:
    with time_machine.travel(instant, tick=False):
        return one_round([by_name("told")]).sent


def test_news_go_into_the_daily_mail_and_nowhere_else(cast):
    row = gathered(cast)
    assert sent_at(NOON) == 0
    assert state_of(row) == State.GATHERED
    assert [round_at(NOON), round_at(FRIDAY)] == [0, 0]
    assert round_at(FRIDAY + dt.timedelta(minutes=15)) == 1
    (message,) = mail.outbox
    assert message.to == [cast.mate.email]
    assert message.subject == "Today: 1 thing from your leadership program"
    assert "Bo has commented on your growth plan for 2026–27" in message.body
    assert "/plans/7/" in message.body
    assert [sent_at(FRIDAY + dt.timedelta(hours=1)), round_at(MONDAY + dt.timedelta(hours=1))] == [0, 0]


def test_who_changes_her_mind_gets_what_was_gathered_by_itself(cast):
    gathered(cast)
    sent_at(NOON)
    User.objects.filter(pk=cast.mate.pk).update(delivery="each")
    assert round_at(NOON) == 1
    assert mail.outbox[0].subject == "Bo has commented on your growth plan for 2026–27"


def test_a_kind_that_was_stopped_since_is_left_out_of_the_daily_mail(cast):
    gathered(cast)
    sent_at(NOON)
    round_at(NOON)
    KindChoice.objects.create(person=cast.mate, kind="plan_comment", wanted=False)
    assert round_at(FRIDAY + dt.timedelta(minutes=15)) == 0
    assert Reminder.objects.get().state == Reminder.State.CANCELLED


@pytest.mark.parametrize(
    ("kind", "wishes"),
    [
        ("meeting_proposed", {"needed_by": FRIDAY + dt.timedelta(minutes=10)}),
        ("plan_comment", {"secret": True}),
        ("calendar_changed", {}),
    ],
)
def test_what_would_come_too_late_there_or_carries_something_of_its_own_comes_by_itself(cast, kind, wishes):
    row = gathered(cast, kind=kind, **wishes)
    assert sent_at(NOON) == 1
    assert state_of(row) == State.SENT


# --- The list of notices ------------------------------------------------------------------------


def test_a_batch_costs_the_same_few_queries_for_one_mail_and_for_many(cast):
    def queries(people) -> int:
        for person in people:
            told(person)
        with time_machine.travel(NIGHT, tick=False), CaptureQueriesContext(connection) as seen:
            deliver_due()
        settled = sum("UPDATE" in query["sql"] and "next_attempt_at" in query["sql"] for query in seen)
        OutgoingMail.objects.all().delete()
        return len(seen) - settled

    assert queries([cast.mate]) == queries([cast.mate, cast.third, cast.participant, cast.lead])


def test_every_topic_is_in_one_group_and_every_mail_of_an_app_is_a_notice_or_known_to_leave_at_once():
    names = [topic.name for topic in every()]
    assert len(names) == len(set(names))
    assert {notice.name for notice in NOTICES} <= set(names)
    assert of_mail("account") is None


def test_without_a_rule_every_mail_leaves_at_once(settings, cast):
    settings.MAIL_RULE = f"{NoRule.__module__}.{NoRule.__qualname__}"
    told(cast.mate, at=NIGHT)
    assert sent_at(NIGHT) == 1
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
