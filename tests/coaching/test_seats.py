"""Calendars of planned meetings follow who sits in the trio."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from coaching.services.invitations import invite
from coaching.services.seats import follow_seats
from coaching.tasks import follow_seats as follow_seats_task
from leaderdev.common.models import OutgoingMail
from tests.coaching.meetings import make_meeting, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_year(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC))


def test_who_left_is_told_once_that_the_meeting_is_off_for_her(cast):
    invite(make_meeting(cast), by=cast.participant)
    OutgoingMail.objects.all().delete()
    assert follow_seats(now=timezone.now()) == 0, "nothing has changed"
    gone = seat(cast, "mate")
    gone.left_on = timezone.localdate()
    gone.save()
    assert follow_seats(now=timezone.now()) == 1
    assert OutgoingMail.objects.get().to_address == cast.mate.email
    assert follow_seats_task() == 0, "the ledger knows who was told"


def test_meetings_that_are_over_are_left_alone(cast):
    make_meeting(cast, state="held")
    assert follow_seats(now=timezone.now()) == 0
    assert not OutgoingMail.objects.exists()
