"""An invitation that lies unused: who is reminded of it, and what ends that."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail

from leaderdev.accounts.models import Invitation, User
from leaderdev.accounts.services.invitations import invite_many, revoke
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round

# A Monday, 19:00 in Edmonton: in UTC it is Tuesday already. Five days later and ten, on days with school.
SENT = dt.datetime(2026, 9, 8, 1, tzinfo=dt.UTC)
FIRST = dt.datetime(2026, 9, 14, 13, 30, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 9, 18, 13, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
KIND = [by_name("invitation_unused")]


@pytest.fixture
def invited(cast):
    with time_machine.travel(SENT, tick=False):
        invite_many(by=cast.lead, users=[cast.mate, cast.third])
    return cast


def round_at(instant: dt.datetime):
    with time_machine.travel(instant, tick=False):
        return one_round(KIND)


def written_to() -> list[str]:
    found = sorted(message.to[0].split("@")[0] for message in mail.outbox)
    mail.outbox.clear()
    return found


@pytest.mark.usefixtures("invited")
def test_who_was_invited_and_has_not_come_is_reminded_twice_and_then_no_more():
    for instant, people in (
        (FIRST - MINUTE, []),
        (FIRST, ["mate", "third"]),
        (FIRST + MINUTE, []),
        (SECOND, ["mate", "third"]),
        (SECOND + dt.timedelta(days=3), []),
    ):
        round_at(instant)
        assert written_to() == people, instant


@pytest.mark.usefixtures("invited")
def test_the_mail_names_the_days_as_they_are_where_the_reader_lives_and_leads_to_a_new_link():
    round_at(FIRST)
    body = mail.outbox[0].body
    assert "On Monday 7 September you were invited" in body
    assert "works until Monday 21 September" in body
    assert "/invitation" in body
    # There is no page of choices yet for somebody who has not come in.
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


@pytest.mark.parametrize("ending", ["came in", "used", "withdrawn", "expired", "switched off"])
def test_what_ends_between_due_and_send_ends_the_reminder(invited, ending):
    find_due(now=FIRST, kinds=KIND)
    mine = Invitation.objects.filter(user=invited.mate)
    match ending:
        case "came in":
            User.objects.filter(pk=invited.mate.pk).update(last_login=FIRST)
        case "used":
            mine.update(used_at=FIRST)
        case "withdrawn":
            revoke(user=invited.mate)
        case "expired":
            mine.update(expires_at=FIRST)
        case "switched off":
            User.objects.filter(pk=invited.mate.pk).update(is_active=False)
    tally = round_at(FIRST)
    assert (tally.sent, tally.obsolete) == (1, 1)
    assert written_to() == ["third"]


def test_a_new_link_begins_the_days_anew(invited):
    with time_machine.travel(FIRST - dt.timedelta(days=1), tick=False):
        invite_many(by=invited.lead, users=[invited.mate])
    round_at(FIRST)
    assert written_to() == ["third"]
    round_at(SECOND)
    assert written_to() == ["mate", "third"]


def test_it_comes_by_itself_even_to_who_wants_one_mail_a_day_or_only_the_required(invited):
    User.objects.filter(pk=invited.mate.pk).update(delivery=User.Delivery.DAILY)
    User.objects.filter(pk=invited.third.pk).update(delivery=User.Delivery.REQUIRED)
    round_at(FIRST)
    assert all("invit" in message.subject.lower() for message in mail.outbox)
    assert written_to() == ["mate", "third"]
