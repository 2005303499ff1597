"""Lists of a session cost the same number of queries for ten people and for a thousand."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Attendance, DialogueGroup, GroupSeat, Leader, LearningSession, Membership
from leaderdev.accounts.models import User
from tests.cast import YEAR_START
from tests.cohorts.sessions.builders import first_session

pytestmark = pytest.mark.django_db


def add(cast, session, first: int, number: int) -> None:
    users = User.objects.bulk_create(
        User(email=f"many{n}@example.ca", name=f"Many {n:04}") for n in range(first, first + number)
    )
    leaders = Leader.objects.bulk_create(Leader(district=cast.district, user=user) for user in users)
    members = Membership.objects.bulk_create(
        Membership(cohort=cast.cohort, leader=leader, joined_on=YEAR_START) for leader in leaders
    )
    late = session.starts_at + datetime.timedelta(minutes=20)
    Attendance.objects.bulk_create(
        Attendance(session=session, membership=member, arrived_at=late, how="code") for member in members
    )


def add_seats(session, earlier) -> None:
    """Everybody on the roll who has no seat yet, in groups of six, the same in both sessions."""
    seated = set(session.group_seats.values_list("membership_id", flat=True))
    free = [key for key in session.attendance.values_list("membership_id", flat=True) if key not in seated]
    first = session.groups.count() + 1
    rows = [free[at : at + 6] for at in range(0, len(free), 6)]
    for held in (session, earlier):
        groups = DialogueGroup.objects.bulk_create(
            DialogueGroup(session=held, number=first + at) for at in range(len(rows))
        )
        GroupSeat.objects.bulk_create(
            GroupSeat(group=group, session=held, membership_id=key)
            for group, row in zip(groups, rows, strict=True)
            for key in row
        )


@pytest.mark.parametrize(
    "name",
    [
        "roll",
        "door",
        "session_detail",
        "session_list",
        "session_groups",
        "session_run",
        "session_print",
        "agenda",
        "certificates",
        "trend",
    ],
)
def test_the_same_for_ten_and_for_a_thousand(client, cast, name):
    session = first_session(cast)
    year = [cast.cohort.slug, cast.year.slug]
    url = {
        "session_list": reverse("cohorts:session_list", args=year),
        "certificates": reverse("cohorts:certificates", args=year),
        "trend": reverse("home:session_trend", args=year),
    }.get(name) or reverse(f"cohorts:{name}", args=[session.pk])
    client.force_login(cast.lead)
    counts = []
    # Seats of an earlier session, so that pairs who have sat together are counted too.
    earlier = LearningSession.objects.create(
        program_year=cast.year,
        number=90,
        title="Earlier",
        starts_at=session.starts_at - datetime.timedelta(days=30),
        ends_at=session.ends_at - datetime.timedelta(days=30),
    )
    for first, number in ((0, 6), (6, 990)):
        add(cast, session, first, number)
        add_seats(session, earlier)
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
