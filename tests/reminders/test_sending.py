"""A slow mail server, a sender that slept, a turn that ends: no mail that is no longer so, none twice."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from leaderdev.accounts.models import User
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import KindChoice, Reminder
from leaderdev.reminders.models.reminder import CHOICE, NO_LONGER_SO, TOO_LATE
from leaderdev.reminders.services import claiming, sending
from leaderdev.reminders.services.finding import find_due
from tests.reminders import slow_server
from tests.reminders.conftest import WEEK_BEFORE

State = Reminder.State


@pytest.fixture
def clock():
    with time_machine.travel(WEEK_BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def due(session, settings, clock, monkeypatch):
    """Six mails are due; due(what) says what happens while the server takes the first one."""
    settings.MAIL_DELIVERY_BACKEND = slow_server.PATH
    assert find_due(now=WEEK_BEFORE, kinds=[by_name("session_ahead")]) == 6

    def meanwhile(happens):
        monkeypatch.setattr(slow_server.SlowBackend, "meanwhile", staticmethod(happens))

    return meanwhile


def states() -> list[str]:
    return sorted(Reminder.objects.values_list("state", flat=True))


def test_behind_a_slow_server_it_is_asked_again_whether_it_still_applies(cast, due, clock):
    def happens():
        clock.shift(sending.FRESH + dt.timedelta(seconds=1))
        rest = User.objects.exclude(email=mail.outbox[0].to[0])
        KindChoice.objects.bulk_create(
            KindChoice(person=person, kind="session_ahead", wanted=False) for person in rest
        )

    due(happens)
    tally = sending.deliver_due()
    assert (tally.sent, tally.cancelled, len(mail.outbox)) == (1, 5, 1)
    assert states() == [State.CANCELLED] * 5 + [State.SENT]
    assert set(Reminder.objects.exclude(state=State.SENT).values_list("reason", flat=True)) == {CHOICE}


def test_behind_a_slow_server_the_mail_says_what_is_true_when_it_leaves(due, clock, session):
    def happens():
        clock.shift(sending.FRESH + dt.timedelta(seconds=1))
        session.place = "gymnasium"
        session.save()

    due(happens)
    assert sending.deliver_due().sent == 6
    assert ["gymnasium" in message.body for message in mail.outbox] == [False] + [True] * 5


def test_a_sender_that_slept_through_its_lease_leaves_its_rows_to_the_one_who_has_them(due, clock):
    others = []

    def happens():
        clock.shift(claiming.LEASE + dt.timedelta(seconds=1))
        others.extend(claiming.claim(now=timezone.now()))

    due(happens)
    sending.deliver_due()
    assert (len(mail.outbox), len(others)) == (1, 6)
    assert states() == [State.CLAIMED] * 6
    assert set(Reminder.objects.values_list("lease_token", flat=True)) == {others[0].lease_token}


def test_a_turn_that_is_over_ends_after_its_batch_and_the_next_one_goes_on(due, clock, monkeypatch):
    monkeypatch.setattr(claiming, "BATCH", 2)
    monkeypatch.setattr(sending, "TURN", 60.0)
    due(lambda: clock.shift(61))
    assert sending.deliver_due().sent == 2
    assert states() == [State.DUE] * 4 + [State.SENT] * 2
    assert sending.deliver_due().sent == 4
    assert len({message.to[0] for message in mail.outbox}) == 6


def test_a_kind_that_a_later_version_knows_no_more_is_dropped_and_holds_up_nobody(cast, due):
    Reminder.objects.filter(person=cast.mate).update(kind="newsletter")
    tally = sending.deliver_due()
    assert (tally.sent, tally.obsolete) == (5, 1)
    row = Reminder.objects.get(kind="newsletter")
    assert (row.state, row.reason) == (State.OBSOLETE, NO_LONGER_SO)


def test_a_passing_refusal_is_tried_again_and_one_for_good_is_not(due, clock, settings, monkeypatch):
    settings.MAIL_DELIVERY_BACKEND = slow_server.PATH.replace("Slow", "Refusing")
    errors = [smtplib.SMTPResponseException(451, b"later"), smtplib.SMTPResponseException(550, b"nobody")]
    monkeypatch.setattr(slow_server.RefusingBackend, "errors", errors)
    tally = sending.deliver_due()
    assert (tally.sent, tally.delayed, tally.failed) == (4, 1, 1)
    waiting, failed = Reminder.objects.get(state=State.DUE), Reminder.objects.get(state=State.FAILED)
    assert (waiting.reason, failed.reason) == ("SMTPResponseException 451", "SMTPResponseException 550")

    wait = waiting.next_attempt_at - WEEK_BEFORE
    clock.shift(wait - dt.timedelta(seconds=1))
    assert sending.deliver_due().sent == 0
    clock.shift(1)
    assert sending.deliver_due().sent == 1
    assert states() == [State.FAILED] + [State.SENT] * 5


def test_what_would_be_over_by_the_next_morning_does_not_wait_for_it(due, clock):
    night = WEEK_BEFORE + dt.timedelta(hours=14)
    Reminder.objects.update(until=night + dt.timedelta(hours=2))
    clock.move_to(night)
    assert sending.deliver_due().sent == 0
    assert states() == [State.OBSOLETE] * 6
    assert set(Reminder.objects.values_list("reason", flat=True)) == {TOO_LATE}


@pytest.mark.parametrize("skips", [True, False])
@pytest.mark.usefixtures("due")
def test_one_sender_s_rows_are_nobody_else_s_with_and_without_skipping(cast, monkeypatch, skips):
    """Where a database cannot skip locked rows (SQLite locks none at all) the update alone decides."""
    User.objects.filter(pk=cast.mate.pk).update(delivery=User.Delivery.DAILY)
    monkeypatch.setattr(claiming.connection.features, "has_select_for_update_skip_locked", skips)
    assert len(claiming.claim(now=WEEK_BEFORE)) == 6
    assert claiming.claim(now=WEEK_BEFORE) == []
    assert len(claiming.claim(now=WEEK_BEFORE + claiming.LEASE)) == 6
