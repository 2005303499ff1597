"""Calendars to subscribe to: what stands in them, for whom, and until when."""

from __future__ import annotations

import datetime
import logging

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.models import CoachingSession
from cohorts.models import CohortFeed, LearningSession, NoSchoolDay, TrioSeat
from cohorts.services import cohort_feeds
from growthplans.models import CheckIn, GrowthPlan
from leaderdev.accounts.models import CalendarFeed, User
from leaderdev.accounts.services import calendar_feeds
from leaderdev.common.feed_addresses import key_in, token_of
from tests.cast import make_plan
from tests.common.calendar_samples import read

NOW = datetime.datetime(2026, 11, 16, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def year(cast):
    """A session and a meeting ahead, and a holiday."""
    LearningSession.objects.create(
        program_year=cast.year,
        number=2,
        title="Asking before telling",
        starts_at=NOW + 10 * DAY,
        ends_at=NOW + 10 * DAY + datetime.timedelta(hours=3),
        place="Room 2",
    )
    NoSchoolDay.objects.create(
        calendar=cast.year.calendar,
        first_day=datetime.date(2026, 12, 21),
        last_day=datetime.date(2027, 1, 1),
        name="Winter break",
    )
    CoachingSession.objects.create(
        trio=cast.trio,
        state="confirmed",
        round_number=2,
        starts_at=NOW + 3 * DAY,
        ends_at=NOW + 3 * DAY + datetime.timedelta(hours=1),
        place="SECRET kitchen",
        notes="SECRET notes",
        organizer=cast.members["mate"],
        proposed_at=NOW,
    )
    return cast.year


def path_of(feed) -> str:
    return f"/calendar/{feed.token}.ics"


def entries(feed, client: Client | None = None) -> dict[str, tuple]:
    """Title → (status, sequence) of everything in a feed."""
    answer = (client or Client()).get(path_of(feed))
    assert answer.status_code == 200
    calendar = read(answer.content)
    return {
        event.summary.value: (event.status.value, int(event.sequence.value))
        for event in getattr(calendar, "vevent_list", [])
    }


def feed_of(user: User, **wishes) -> CalendarFeed:
    feed = calendar_feeds.renew(by=user)
    if wishes:
        CalendarFeed.objects.filter(pk=feed.pk).update(**wishes)
    return CalendarFeed.objects.get(pk=feed.pk)


def test_what_stands_in_a_persons_calendar(cast, year):
    make_plan(cast)
    GrowthPlan.objects.update(state="shared")
    CheckIn.objects.all().delete()
    plan = GrowthPlan.objects.get()
    due = {"due_on": datetime.date(2027, 1, 20), "first_due_on": datetime.date(2027, 1, 20)}
    CheckIn.objects.create(plan=plan, kind="middle", **due)
    assert entries(feed_of(cast.participant, with_closed_days=True)) == {
        "Learning session 1: Opening session": ("CONFIRMED", 0),
        "Learning session 2: Asking before telling": ("CONFIRMED", 0),
        "Coaching round 2": ("CONFIRMED", 0),
        "Check-in due": ("CONFIRMED", 0),
        "No school: Winter break": ("CONFIRMED", 0),
    }
    assert set(entries(feed_of(cast.participant, with_due_dates=False, with_closed_days=False))) == {
        "Learning session 1: Opening session",
        "Learning session 2: Asking before telling",
        "Coaching round 2",
    }
    assert "Coaching round 2" not in entries(feed_of(cast.bystander))
    assert entries(feed_of(cast.stranger)) == {}


def test_it_reveals_nothing_and_is_on_the_readers_clock(cast, year):
    User.objects.filter(pk=cast.participant.pk).update(time_zone="Europe/London")
    make_plan(cast)
    body = Client().get(path_of(feed_of(cast.participant, alarm_minutes=15))).content.decode()
    assert "SECRET" not in body
    assert "TZID=Europe/London" in body
    assert body.count("BEGIN:VALARM") == 3
    assert "TRIGGER:-PT15M" in body


def test_nothing_new_is_answered_with_304(cast, year, clock):
    feed = feed_of(cast.participant)
    first = Client().get(path_of(feed))
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    same = {"If-None-Match": first["ETag"]}
    since = {"If-Modified-Since": first["Last-Modified"]}
    clock.shift(DAY)
    assert Client().get(path_of(feed), headers=same).status_code == 304
    assert Client().get(path_of(feed), headers=since).status_code == 304
    assert Client().head(path_of(feed)).status_code == 200
    session = LearningSession.objects.get(number=2)
    session.starts_at, session.ends_at = session.starts_at + DAY, session.ends_at + DAY
    session.save()
    assert Client().get(path_of(feed), headers=since).status_code == 200
    again = Client().get(path_of(feed), headers=same)
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_moved_moved_back_and_deleted(cast, year, clock):
    feed, title = feed_of(cast.participant), "Learning session 2: Asking before telling"
    session = LearningSession.objects.get(number=2)
    assert entries(feed)[title] == ("CONFIRMED", 0)
    for expected in (1, 2):
        step = DAY * (1 if expected == 1 else -1)
        session.starts_at, session.ends_at = session.starts_at + step, session.ends_at + step
        session.save()
        clock.shift(60)
        assert entries(feed)[title] == ("CONFIRMED", expected)
    session.delete()
    assert entries(feed)[title] == ("CANCELLED", 3)
    clock.shift(29 * DAY)
    assert entries(feed)[title] == ("CANCELLED", 3)
    clock.shift(2 * DAY)
    assert title not in entries(feed)


def test_a_meeting_called_off_stays_as_cancelled_and_who_left_the_trio_loses_it(cast, year):
    feed = feed_of(cast.participant)
    assert entries(feed)["Coaching round 2"] == ("CONFIRMED", 0)
    CoachingSession.objects.update(state="cancelled")
    assert entries(feed)["Coaching round 2"] == ("CANCELLED", 1)
    TrioSeat.objects.filter(membership=cast.members["participant"]).update(left_on=timezone.localdate())
    assert "Coaching round 2" not in entries(feed)


def test_an_address_opens_as_long_as_it_holds_and_no_longer(cast, year):
    old = feed_of(cast.participant)
    calendar_feeds.wish(by=cast.participant, alarm_minutes=60, with_due_dates=False, with_closed_days=True)
    new = calendar_feeds.renew(by=cast.participant)
    assert (new.alarm_minutes, new.with_due_dates, new.with_closed_days) == (60, False, True)
    assert Client().get(path_of(old)).status_code == 404
    assert Client().get(path_of(new)).status_code == 200
    User.objects.filter(pk=cast.participant.pk).update(is_active=False)
    assert Client().get(path_of(new)).status_code == 404
    User.objects.filter(pk=cast.participant.pk).update(is_active=True)
    calendar_feeds.revoke(by=cast.participant)
    assert Client().get(path_of(new)).status_code == 404


def test_the_database_alone_opens_nothing(cast):
    feed = feed_of(cast.participant)
    assert key_in(feed.token) == feed.key
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_calendarfeed")
        assert feed.token not in str(cursor.fetchall())
    for guess in (feed.key, f"{feed.key}-", f"{feed.key}-{'0' * 40}", "-", "", f"{feed.token}0", "ä-ö"):
        assert key_in(guess) is None
        assert calendar_feeds.find(guess) is None
    assert token_of(feed.key) == feed.token


def test_no_log_line_holds_the_address(cast, caplog):
    feed = feed_of(cast.participant)
    gone = path_of(feed).replace(feed.key, "0" * 24)
    with caplog.at_level(logging.DEBUG):
        Client().get(path_of(feed))
        Client().get(gone)
    assert feed.token not in caplog.text
    assert "0" * 24 not in caplog.text


def test_a_feed_asks_as_often_for_few_as_for_many(cast, year):
    feed = feed_of(cast.participant, with_closed_days=True)
    counts = []
    for rounds in (1, 20):
        for number in range(rounds):
            CoachingSession.objects.create(
                trio=cast.trio,
                kind="visit",
                host=cast.trio.seats.first(),
                state="confirmed",
                round_number=3 + number,
                starts_at=NOW + (20 + number) * DAY,
                ends_at=NOW + (20 + number) * DAY + datetime.timedelta(hours=4),
                organizer=cast.members["mate"],
                proposed_at=NOW,
            )
        Client().get(path_of(feed))
        with CaptureQueriesContext(connection) as caught:
            Client().get(path_of(feed))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 16


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_from_making_to_taking_away(cast):
    client = signed_in(cast.participant)
    assert "You have no address yet" in client.get("/calendar/").content.decode()
    assert client.post("/calendar/").status_code == 302
    client.post("/calendar/address/new/")
    feed = CalendarFeed.objects.get()
    page = client.get("/calendar/").content.decode()
    assert f"http://127.0.0.1:8000{path_of(feed)}" in page or path_of(feed) in page
    assert "webcal://" in page
    client.post("/calendar/", {"alarm_minutes": "60", "with_closed_days": "on"})
    feed.refresh_from_db()
    assert (feed.alarm_minutes, feed.with_due_dates, feed.with_closed_days) == (60, False, True)
    assert client.post("/calendar/", {"alarm_minutes": "7"}).status_code == 200
    answer = client.post("/calendar/address/new/", follow=True).content.decode()
    assert "The old one opens nothing any more." in answer
    client.post("/calendar/address/revoke/")
    assert not CalendarFeed.objects.exists()


def test_a_cohorts_calendar_is_made_by_those_who_configure_it(cast, year, other):
    page = f"/cohorts/{cast.cohort.slug}/calendar/"
    lead, member = signed_in(cast.lead), signed_in(cast.participant)
    assert "no address yet. Those who configure" in member.get(page).content.decode()
    assert member.post(page).status_code == 403
    with pytest.raises(PermissionDenied):
        cohort_feeds.revoke(by=cast.participant, cohort=cast.cohort)
    lead.post(page, {"do": "renew"})
    feed = CohortFeed.objects.get()
    assert path_of(feed) in member.get(page).content.decode()
    assert set(entries(feed)) == {
        "Learning session 1: Opening session",
        "Learning session 2: Asking before telling",
        "No school: Winter break",
    }
    lead.post(page, {"do": "revoke"})
    assert Client().get(path_of(feed)).status_code == 404
    assert signed_in(other.lead).get(page).status_code == 404


def test_a_closed_year_leaves_the_calendar(cast, year):
    feed = feed_of(cast.participant)
    type(year).objects.filter(pk=year.pk).update(state="closed")
    assert "Learning session 1: Opening session" not in entries(feed)
