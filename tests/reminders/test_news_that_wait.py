"""News that were gathered for a daily mail, and what may happen to them until it leaves."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail

from cohorts.models import NoSchoolDay, ProgramYear, SchoolCalendar
from leaderdev.accounts.models import User
from leaderdev.accounts.services.people import change_address
from leaderdev.common.mail.queue import queue_many, store
from leaderdev.common.mail.rules import rule
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.finding import find_due
from tests.cast import YEAR_END, YEAR_START, join, make_cohort, make_year
from tests.reminders.test_ruling import FRIDAY, MONDAY, NOON, gathered, round_at, sent_at, state_of, told

DAILY = FRIDAY + dt.timedelta(minutes=15)


@pytest.mark.parametrize("ending", ["useless", "nobody's", "left", "year over", "unknown"])
def test_what_ends_before_the_daily_mail_is_not_in_it(cast, ending):
    row = gathered(cast, useful_until=DAILY + dt.timedelta(hours=1))
    assert sent_at(NOON) == 0
    assert find_due(now=NOON, kinds=[by_name("told")]) == 1
    gone = OutgoingMail.objects.filter(pk=row.pk)
    match ending:
        case "useless":
            gone.update(useful_until=DAILY)
        case "nobody's":
            User.objects.filter(pk=cast.mate.pk).update(email="new-address@example.ca")
        case "left":
            cast.members["mate"].left_on = NOON.date()
            cast.members["mate"].save()
        case "year over":
            ProgramYear.objects.filter(pk=cast.year.pk).update(state=ProgramYear.State.CLOSED)
        case "unknown":
            # A kind of mail that a later version knows no more: nobody can have chosen it.
            gone.update(kind="newsletter")
    assert round_at(DAILY) == 0
    assert not mail.outbox
    assert Reminder.objects.get().state in (Reminder.State.OBSOLETE, Reminder.State.CANCELLED)


def test_news_follow_a_person_to_a_new_address_and_what_opens_a_door_does_not(cast):
    gathered(cast)
    sent_at(NOON)
    waiting = told(cast.mate)
    code = store(to=cast.mate.email, kind="account", subject="Code", text="123456", secret=True)
    old = cast.mate.email
    change_address(by=cast.lead, user=cast.mate, email="Moved@Example.ca")
    waiting.refresh_from_db()
    code.refresh_from_db()
    assert (waiting.to_address, code.to_address) == ("moved@example.ca", old)
    assert round_at(DAILY) == 1
    assert mail.outbox[-1].to == ["moved@example.ca"]


def test_news_of_a_fortnight_ago_are_none(cast):
    gathered(cast)
    sent_at(NOON)
    assert round_at(DAILY + dt.timedelta(days=17)) == 0


def test_news_leave_without_a_button_s_page_to_the_first_page(cast):
    row = gathered(cast)
    sent_at(NOON)
    OutgoingMail.objects.filter(pk=row.pk).update(path="")
    assert round_at(DAILY) == 1
    assert "/plans/" not in mail.outbox[0].body


def test_who_belongs_to_two_years_keeps_the_school_days_of_the_one_that_began_last(cast):
    calendar = SchoolCalendar.objects.create(
        district=cast.district, label="Later", first_day=YEAR_START, last_day=YEAR_END
    )
    cohort = make_cohort(cast.district, "Second cohort", "second-cohort")
    later = make_year(cohort, cast.standard, calendar=calendar, starts_on=YEAR_START + dt.timedelta(days=7))
    join(cohort, cast.members["mate"].leader)
    NoSchoolDay.objects.create(
        calendar=later.calendar, first_day="2027-01-07", last_day="2027-01-08", name="Closed"
    )
    both, one = told(cast.mate), told(cast.third)
    assert sent_at(NOON) == 1
    assert (state_of(both), state_of(one)) == (OutgoingMail.State.QUEUED, OutgoingMail.State.SENT)
    assert both.next_attempt_at == MONDAY


def test_each_of_many_readers_gets_her_own_way_out_and_an_address_of_nobody_gets_none(cast):
    asked = [cast.mate.email, cast.third.email.upper(), "nobody@example.ca"]
    found = rule().manners("plan_comment", asked)
    mate, third, nobody = (found[address] for address in asked)
    assert mate.headers["List-Unsubscribe"] != third.headers["List-Unsubscribe"]
    assert (nobody.headers, nobody.context["stop_url"]) == ({}, "")
    assert nobody.context["choices_url"].endswith("/profile/mail/")


def test_mail_about_signing_in_has_no_way_out(cast):
    (manners,) = rule().manners("account", [cast.mate.email]).values()
    assert (manners.headers, manners.context) == ({}, {})
    (manners,) = rule().manners("invitation", [cast.mate.email]).values()
    assert (manners.headers, manners.context) == ({}, {})


def test_nobody_to_write_to_is_nothing_to_do(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls, time_machine.travel(NOON, tick=False):
        queue_many(kind="plan_comment", letters=[])
    assert calls == []
    assert not OutgoingMail.objects.exists()
