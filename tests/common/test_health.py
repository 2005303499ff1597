"""What the operator's monitor is told, and that no secret is in it."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone

from leaderdev.common import health
from leaderdev.common.mail.queue import store
from leaderdev.common.models import OutgoingMail

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)


def test_this_process_answers_without_asking_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"ok": True})


def test_all_is_well(client, db):
    health.tick(now=timezone.now())

    response = client.get("/readyz")

    assert (response.status_code, response.json()["ok"]) == (200, True)
    assert set(response.json()["parts"]) == {"database", "cache", "broker", "clock", "mail"}


def test_late_background_work_is_named_and_pages_stay_on(client, db):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["ok"]) == (200, False)
    assert response.json()["parts"]["clock"]["ok"] is False


def test_without_a_database_nothing_is_ready(client, db, monkeypatch):
    def refuse(*args):
        raise DatabaseError("password=hush")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    monkeypatch.undo()

    assert response.status_code == 503
    assert response.json()["parts"] == {"database": {"ok": False, "detail": "The database does not answer."}}


@pytest.mark.parametrize(("minutes", "fit"), [(0, True), (3, True), (4, False)])
def test_a_clock_that_stopped_is_noticed(db, minutes, fit):
    health.tick(now=NOW)

    assert health.clock_part(now=NOW + datetime.timedelta(minutes=minutes))["ok"] is fit


@pytest.mark.parametrize(("minutes", "fit"), [(10, True), (11, False)])
def test_mail_that_does_not_leave_is_noticed(db, minutes, fit):
    store(to="ana@example.ca", kind="hello", subject="Hello", text="Hi")
    OutgoingMail.objects.update(next_attempt_at=NOW)

    part = health.mail_part(now=NOW + datetime.timedelta(minutes=minutes))

    assert part == {"ok": fit, "detail": f"The oldest waiting mail is {minutes * 60} seconds late."}


def test_a_cache_that_forgets_is_noticed(monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None, raising=False)

    assert health.cache_part()["ok"] is False


def test_a_broker_that_is_away_is_noticed(settings, monkeypatch):
    settings.EMBEDDED_WORKER = False
    monkeypatch.setattr(health.current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    assert health.broker_part()["ok"] is False


@pytest.mark.needs_redis
def test_a_broker_that_answers(settings, monkeypatch, redis_url):
    settings.EMBEDDED_WORKER = False
    monkeypatch.setattr(health.current_app.conf, "broker_write_url", redis_url)

    assert health.broker_part() == {"ok": True, "detail": "reachable"}
