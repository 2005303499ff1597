"""The clock's table names real tasks, in UTC and away from midnight; each task opens its service."""

from __future__ import annotations

import datetime

import pytest
from celery.schedules import crontab
from django.contrib.sessions.models import Session
from django.utils import timezone

from leaderdev.beat import BEAT_SCHEDULE
from leaderdev.celery import app
from leaderdev.common import tasks
from leaderdev.common.mail.queue import store
from leaderdev.common.models import ClockTick, OutgoingMail


def test_every_entry_names_a_task_and_the_clock_is_utc():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= set(app.tasks)
    assert (app.conf.timezone, app.conf.beat_schedule) == ("UTC", BEAT_SCHEDULE)


def test_nothing_runs_only_around_midnight_utc():
    """A rule about days would answer differently before and after; districts live hours away from UTC."""
    hours = [
        entry["schedule"].hour for entry in BEAT_SCHEDULE.values() if isinstance(entry["schedule"], crontab)
    ]

    assert hours
    assert all(not each <= {23, 0} for each in hours)


@pytest.mark.django_db
def test_the_sweep_leaves_a_sign_of_life_and_sends(mailoutbox):
    store(to="ana@example.ca", kind="hello", subject="Hello", text="Good day")
    before = timezone.now()

    assert tasks.sweep() == 1

    assert ClockTick.objects.get().ticked_at >= before
    assert [message.to for message in mailoutbox] == [["ana@example.ca"]]
    assert tasks.deliver_queued_mail() == 0


@pytest.mark.django_db
def test_tidying_forgets_ended_sessions_and_old_texts(mailoutbox):
    long_ago = timezone.now() - datetime.timedelta(days=31)
    Session.objects.create(session_key="ended", session_data="x", expire_date=long_ago)
    store(to="ana@example.ca", kind="hello", subject="Hello", text="Good day")
    tasks.deliver_queued_mail()
    OutgoingMail.objects.update(created_at=long_ago)

    assert tasks.tidy() == 1

    assert Session.objects.count() == 0
    assert OutgoingMail.objects.get().body_text == ""
