"""Headers of every answer, the two limits of a browser session, and what a log line may hold."""

from __future__ import annotations

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from leaderdev.common import middleware
from leaderdev.common.logs import AddRequest, JsonLines, request_id, user_id
from tests.cast import make_user

# The site's own addresses stand behind it, because the page that says "not found" draws the whole frame.
urlpatterns = [
    path("join/<str:token>/", lambda request, token: HttpResponse("welcome")),
    path("", include("leaderdev.urls")),
]


@pytest.fixture
def ana(client, db):
    user = make_user("ana@example.ca")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.mark.urls(__name__)
def test_every_answer_carries_the_headers(client, db):
    response = client.get("/join/abc/")

    names = ("Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
    assert {name: response[name] for name in names} == {
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    assert set(response["Content-Security-Policy"].split("; ")) == {
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'none'",
        "object-src 'none'",
    }
    assert len(response["X-Request-ID"]) == 12
    assert "Cache-Control" not in response


@pytest.mark.urls(__name__)
def test_pages_of_signed_in_people_stay_out_of_caches(client, ana):
    assert client.get("/join/abc/")["Cache-Control"] == "private, no-store"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("idle_hours", "age_hours", "stays"),
    [(0, 0, True), (7, 20, True), (9, 20, False), (1, 14 * 24 + 1, False)],
)
def test_a_session_ends_when_idle_or_old(client, ana, monkeypatch, idle_hours, age_hours, stays):
    now = client.session["started_at"] + age_hours * 3600
    session = client.session
    session["seen_at"] = now - idle_hours * 3600
    session.save()
    monkeypatch.setattr(middleware.time, "time", lambda: now)

    client.get("/join/abc/")

    assert ("_auth_user_id" in client.session) is stays


@pytest.mark.urls(__name__)
def test_being_seen_is_written_every_five_minutes_only(client, ana, monkeypatch):
    began = client.session["seen_at"]
    seen = []
    for later in (299, 300):
        monkeypatch.setattr(middleware.time, "time", lambda later=later: began + later)
        client.get("/join/abc/")
        seen.append(client.session["seen_at"] - began)

    assert seen == [0, 300]


@pytest.mark.urls(__name__)
def test_a_log_line_names_the_route_and_not_the_token(client, ana, caplog):
    with caplog.at_level(logging.INFO, logger="leaderdev.requests"):
        client.get("/join/very-secret-token/")
        client.get("/nothing/very-secret-token/")

    lines = [JsonLines().format(record) for record in caplog.records if AddRequest().filter(record)]
    assert "very-secret-token" not in "\n".join(lines)
    line = json.loads(lines[0])
    assert (line["route"], line["method"], line["status"]) == ("join/<str:token>/", "GET", 200)
    assert {json.loads(each)["route"] for each in lines if "route" in json.loads(each)} == {
        "join/<str:token>/",
        "(no page)",
    }


def test_a_line_says_who_and_which_request_and_holds_no_form():
    number, person = request_id.set("abc"), user_id.set("7")
    request = RequestFactory().post("/join/x/", {"password": "hush"})
    record = logging.makeLogRecord(
        {
            "levelname": "INFO",
            "msg": "Refused: %s %s",
            "args": (request.path, "twice"),
            "request": request,
            "name": "django.request",
        }
    )

    AddRequest().filter(record)
    line = json.loads(JsonLines().format(record))
    request_id.reset(number)
    user_id.reset(person)

    del line["time"]
    assert line == {
        "level": "INFO",
        "logger": "django.request",
        "message": "Refused: (no page) twice",
        "request_id": "abc",
        "user_id": "7",
    }


def test_an_error_is_one_line_with_its_traceback():
    try:
        raise LookupError("gone")
    except LookupError as error:
        record = logging.makeLogRecord(
            {"msg": "Broke", "exc_info": (type(error), error, error.__traceback__)}
        )

    line = JsonLines().format(record)

    assert "\n" not in line
    assert json.loads(line)["exception"].endswith("LookupError: gone")
