"""Busy times out of a calendar that somebody keeps elsewhere: read in the background, times alone."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from kombu.exceptions import OperationalError

from coaching.models import BusyTime, OwnCalendar
from coaching.services import own_calendars
from coaching.tasks import read_own_calendars
from leaderdev.common.fetching import Fetched, FetchError
from leaderdev.common.refusals import RefusedError

NOW = datetime.datetime(2026, 11, 16, 15, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
ADDRESS = "https://calendar.example.ca/SECRET-token/basic.ics"
CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Else//EN
BEGIN:VEVENT
UID:one
DTSTART;TZID=America/Edmonton:20261118T090000
DTEND;TZID=America/Edmonton:20261118T100000
SUMMARY:SECRET dentist
END:VEVENT
END:VCALENDAR
"""
BUSY = [
    (
        datetime.datetime(2026, 11, 18, 16, tzinfo=datetime.UTC),
        datetime.datetime(2026, 11, 18, 17, tzinfo=datetime.UTC),
    )
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def server(monkeypatch):
    """Stands for the other server: what it sends can be changed, what it was asked is kept."""

    class Server:
        answer = Fetched(CALENDAR, '"one"')
        asked: list[tuple[str, str]] = []

    found = Server()
    found.asked = []

    def fetch(address, *, etag=""):
        found.asked.append((address, etag))
        if isinstance(found.answer, Exception):
            raise found.answer
        return found.answer

    monkeypatch.setattr(own_calendars, "fetch", fetch)
    return found


def busy() -> list[tuple]:
    return list(BusyTime.objects.values_list("starts_at", "ends_at"))


def test_an_address_is_read_in_the_background(cast, server):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS.replace("https", "webcal"))
    row = OwnCalendar.objects.get()
    assert (row.state, row.host, row.address) == ("waiting", "calendar.example.ca", ADDRESS)
    assert read_own_calendars() == 1
    row.refresh_from_db()
    assert (row.state, row.read_at, row.next_fetch_at) == ("read", NOW, NOW + 3 * HOUR)
    assert busy() == BUSY
    assert read_own_calendars() == 0


def test_nothing_of_it_but_times_is_stored(cast, server):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    own_calendars.read_due(now=NOW)
    with connection.cursor() as cursor:
        for table in ("coaching_owncalendar", "coaching_busytime"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "SECRET" not in str(cursor.fetchall())


def test_a_server_that_says_nothing_changed_is_believed_for_a_day(cast, server, clock):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    own_calendars.read_due(now=NOW)
    server.answer = Fetched(None, '"one"')
    assert own_calendars.read_due(now=NOW + 4 * HOUR) == 1
    assert busy() == BUSY
    own_calendars.read_due(now=NOW + 24 * HOUR)
    assert [etag for _address, etag in server.asked] == ["", '"one"', ""]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (FetchError("refused"), "refused"),
        (Fetched(b"<html>sign in</html>", ""), "no_calendar"),
    ],
)
def test_a_failure_keeps_what_was_known_and_tries_later(cast, server, client, answer, code):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    own_calendars.read_due(now=NOW)
    server.answer = answer
    at, waits = NOW + 3 * HOUR, []
    for _attempt in range(6):
        assert own_calendars.read_due(now=at) == 0
        row = OwnCalendar.objects.get()
        waits.append((row.next_fetch_at - at) // HOUR)
        at = row.next_fetch_at
    assert waits == [1, 3, 6, 12, 24, 24]
    assert (row.state, row.problem, row.failures) == ("failed", code, 6)
    assert busy() == BUSY
    client.force_login(cast.participant, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/free-time/calendar/").content.decode()
    assert "The last reading failed" in page
    assert str(own_calendars.problem_in_words(code)).split(".")[0] in page
    assert "SECRET" not in page


def test_two_workers_read_it_once(cast, server):
    row = own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    real = server.answer

    def second_worker(address, *, etag=""):
        assert own_calendars.read_one(pk=row.pk, now=NOW) is False
        return real

    own_calendars.fetch = second_worker
    assert own_calendars.read_one(pk=row.pk, now=NOW) is True


def test_what_was_removed_while_it_was_read_stays_removed(cast, server, monkeypatch):
    row = own_calendars.subscribe(by=cast.participant, address=ADDRESS)

    def meanwhile(address, *, etag=""):
        own_calendars.remove(by=cast.participant)
        return Fetched(CALENDAR, "")

    monkeypatch.setattr(own_calendars, "fetch", meanwhile)
    assert own_calendars.read_one(pk=row.pk, now=NOW) is False
    assert not BusyTime.objects.exists()


def test_a_file_is_read_once_and_replaces_an_address(cast, server):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    file = SimpleUploadedFile("me.ics", CALENDAR)
    assert own_calendars.read_file(by=cast.participant, file=file) == 1
    row = OwnCalendar.objects.get()
    assert (row.address, row.state) == ("", "read")
    assert busy() == BUSY
    assert own_calendars.read_again(by=cast.participant) is False
    assert own_calendars.read_due(now=NOW + 9 * HOUR) == 0


@pytest.mark.parametrize("content", [b"hello", b"x" * (own_calendars.MOST_FILE_BYTES + 1)])
def test_a_file_that_is_none_changes_nothing(cast, server, content):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    with pytest.raises(RefusedError):
        own_calendars.read_file(by=cast.participant, file=SimpleUploadedFile("me.ics", content))
    assert OwnCalendar.objects.get().address == ADDRESS


def test_asked_to_read_again_it_is_due_at_once(cast, server, django_capture_on_commit_callbacks, monkeypatch):
    own_calendars.subscribe(by=cast.participant, address=ADDRESS)
    own_calendars.read_due(now=NOW)

    def no_broker(name):
        raise OperationalError

    monkeypatch.setattr("coaching.services.own_calendars.current_app.send_task", no_broker)
    with django_capture_on_commit_callbacks(execute=True):
        assert own_calendars.read_again(by=cast.participant) is True
    assert own_calendars.read_due(now=NOW) == 1


def test_an_address_that_is_none_is_refused_in_a_sentence(cast):
    with pytest.raises(RefusedError, match="not an address of a calendar"):
        own_calendars.subscribe(by=cast.participant, address="dentist")
    assert own_calendars.problem_in_words("something new") == "The calendar could not be read."
