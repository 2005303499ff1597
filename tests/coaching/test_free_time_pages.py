"""The page “When are you free?” as people use it."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coaching.availability import DAY_MINUTES, WeeklyHours
from coaching.models import BusyTime, DayException, FreeHours, OwnCalendar
from coaching.services.availability import add_exception, say_weekly_hours
from tests.coaching.test_own_calendars import CALENDAR, NOW

PAGE = "/free-time/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def week(**given: str) -> dict[str, str]:
    return {
        f"{which}_{day}_{n}": "" for which in ("from", "until") for day in range(7) for n in range(2)
    } | given


def test_the_usual_week_is_shown_until_one_says_otherwise(cast):
    page = signed_in(cast.participant).get(PAGE).content.decode()
    assert "You have not said anything yet" in page
    assert page.count('value="08:00"') == 5
    assert "Not said yet, so usual hours are assumed: Mate Person, Third Person." in page
    assert "Wednesday 18 November" in page
    assert "8:00–16:30" in page


def test_saving_a_week(cast):
    client = signed_in(cast.participant)
    answer = client.post(PAGE, week(from_1_0="09:00", until_1_0="10:30", from_5_0="20:00", until_5_0="00:00"))
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert list(FreeHours.objects.values_list("weekday", "starts", "ends")) == [
        (1, 540, 630),
        (5, 1200, DAY_MINUTES),
    ]
    page = client.get(PAGE).content.decode()
    assert "Your week is saved." in page
    assert 'value="09:00"' in page
    assert 'value="00:00"' in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"from_1_0": "10:00"}, "Say until when."),
        ({"until_1_0": "10:00"}, "Say from when."),
        ({"from_1_0": "10:00", "until_1_0": "09:00"}, "The end must come after the beginning."),
        ({"from_1_0": "soon", "until_1_0": "10:00"}, "Type a time such as 9:30."),
        ({"from_1_0": "10:00", "until_1_0": "later"}, "Type a time such as 9:30."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(cast, given, sentence):
    page = signed_in(cast.participant).post(PAGE, week(**given, from_4_0="13:15", until_4_0="14:00"))
    text = page.content.decode()
    assert sentence in text
    assert 'value="13:15"' in text
    assert "Tuesday, free time 1: " in text
    assert not FreeHours.objects.exists()


def test_whoever_uses_both_lines_gets_a_third(cast):
    say_weekly_hours(by=cast.participant, hours=[WeeklyHours(0, 480, 540), WeeklyHours(0, 600, 660)])
    page = signed_in(cast.participant).get(PAGE).content.decode()
    assert "Monday, free time 3: from" in page
    assert "Monday, free time 4: from" not in page


def test_exceptions(cast):
    client = signed_in(cast.participant)
    form = "/free-time/exceptions/new/"
    answer = client.post(form, {"is_free": "no", "first_day": "2026-12-01", "last_day": "2026-12-03"})
    assert answer.url == PAGE
    client.post(form, {"is_free": "yes", "first_day": "2026-12-05", "starts": "09:00", "ends": "11:00"})
    client.post(form, {"is_free": "no", "first_day": "2026-10-05"})  # over
    page = client.get(PAGE).content.decode()
    assert "Tuesday 1 December – Thursday 3 December" in page
    assert "Free besides the usual week, 9:00–11:00" in page
    assert "5 October" not in page
    first = DayException.objects.order_by("-first_day").last()
    assert client.post(f"/free-time/exceptions/{first.pk}/remove/").status_code == 302
    assert client.post(f"/free-time/exceptions/{first.pk}/remove/").status_code == 404
    assert DayException.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Say on which day it begins."),
        ({"first_day": "2026-12-03", "last_day": "2026-12-01"}, "cannot come before the first"),
        ({"first_day": "2026-12-03", "starts": "10:00", "ends": "09:00"}, "must come after the beginning"),
    ],
)
def test_an_exception_that_makes_no_sense(cast, given, sentence):
    page = signed_in(cast.participant).post("/free-time/exceptions/new/", {"is_free": "no", **given})
    assert sentence in page.content.decode()
    assert not DayException.objects.exists()


def test_too_many_exceptions_are_refused_on_the_page(cast, monkeypatch):
    monkeypatch.setattr("coaching.services.availability.MOST_EXCEPTIONS", 0)
    page = signed_in(cast.participant).post(
        "/free-time/exceptions/new/", {"is_free": "no", "first_day": "2026-12-01"}
    )
    assert "0 exceptions already" in page.content.decode()


def test_an_own_calendar_from_giving_to_erasing(cast):
    client = signed_in(cast.participant)
    wrong = client.post("/free-time/calendar/", {"address": "my calendar"})
    assert "This is not an address of a calendar" in wrong.content.decode()
    client.post("/free-time/calendar/", {"address": "webcal://cal.example.ca/SECRET.ics"})
    page = client.get("/free-time/calendar/").content.decode()
    assert "cal.example.ca" in page
    assert "SECRET" not in page
    assert "Read from cal.example.ca" in client.get(PAGE).content.decode()
    assert client.post("/free-time/calendar/again/").status_code == 302
    client.post("/free-time/calendar/remove/")
    assert not OwnCalendar.objects.exists()
    assert client.post("/free-time/calendar/again/").status_code == 302


def test_a_file_instead(cast):
    client = signed_in(cast.participant)
    wrong = client.post("/free-time/calendar/file/", {"file": SimpleUploadedFile("a.ics", b"hello")})
    assert "What came is not a calendar" in wrong.content.decode()
    done = client.post(
        "/free-time/calendar/file/", {"file": SimpleUploadedFile("a.ics", CALENDAR)}, follow=True
    )
    assert "Read: 1 busy times from now on." in done.content.decode()
    assert BusyTime.objects.count() == 1
    assert "From a file, read" in client.get(PAGE).content.decode()


def test_my_hours_are_nobody_elses(cast, other):
    """The others see when all are free; they never see a person's own week, exceptions or calendar."""
    say_weekly_hours(by=cast.participant, hours=[WeeklyHours(2, 547, 611)])
    day = datetime.date(2026, 12, 1)
    add_exception(by=cast.participant, first_day=day, last_day=day, starts=433, ends=500)
    for user in (cast.mate, cast.lead, cast.operator, other.participant):
        page = signed_in(user).get(PAGE).content.decode()
        assert "09:07" not in page
        assert "7:13" not in page
    assert "9:07–10:11" in signed_in(cast.mate).get(PAGE).content.decode()
    assert "9:07" not in signed_in(cast.bystander).get(PAGE).content.decode()


def test_nothing_shared_says_what_helps(cast):
    say_weekly_hours(by=cast.mate, hours=[])
    page = signed_in(cast.participant).get(PAGE).content.decode()
    assert "An hour more in somebody’s week is often enough" in page


def test_the_start_page_asks_until_one_has_said_it(cast):
    client = signed_in(cast.participant)
    assert "Say when you are free" in client.get("/").content.decode()
    assert "Say when you are free" not in signed_in(cast.lead).get("/").content.decode()
    assert "Say when you are free" not in signed_in(cast.bystander).get("/").content.decode()
    say_weekly_hours(by=cast.participant, hours=[])
    assert "Say when you are free" not in client.get("/").content.decode()
