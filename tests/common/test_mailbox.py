"""The demo's mailbox: open to everybody in a demo, absent everywhere else."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from leaderdev.common.mail import waiting
from leaderdev.common.mail.queue import store
from leaderdev.common.mail.rules import NoRule, Ruling
from leaderdev.common.models import MailboxMessage, OutgoingMail

NOW = timezone.now()


def arrived(number: int, to: str = "ana@example.ca", html: str = "<p>Hello</p>") -> MailboxMessage:
    return MailboxMessage.objects.create(
        to_address=to,
        subject=f"Message {number:02}",
        text="Open https://leaders.example.ca/join/x now",
        html=html,
        sent_at=NOW + datetime.timedelta(minutes=number),
    )


@pytest.mark.parametrize("name", ["mailbox", "mailbox_message", "mailbox_html"])
def test_a_real_installation_has_no_such_page(client, db, settings, name):
    settings.MAILBOX_PAGE = False
    arguments = [] if name == "mailbox" else [arrived(1).pk]

    assert client.get(reverse(f"common:{name}", args=arguments)).status_code == 404


def test_newest_first_in_pages(client, db):
    for number in range(30):
        arrived(number)

    first = client.get("/mailbox/").content.decode()
    second = client.get("/mailbox/?page=2").content.decode()

    assert first.index("Message 29") < first.index("Message 05")
    assert "Message 04" not in first
    assert "Message 04" in second


def test_filtered_by_person(client, db):
    arrived(1)
    arrived(2, to="bo@example.ca")

    page = client.get("/mailbox/?to=bo@example.ca").content.decode()

    assert "Message 02" in page
    assert "Message 01" not in page


@pytest.mark.parametrize("query", ["", "?to=nobody@example.ca", "?page=99"])
def test_any_filter_answers(client, db, query):
    arrived(1)

    assert client.get(f"/mailbox/{query}").status_code == 200


def test_empty_says_what_to_do(client, db):
    assert "No mail yet" in client.get("/mailbox/").content.decode()


def test_one_query_count_for_few_and_many(client, db, django_assert_num_queries):
    arrived(0)
    with django_assert_num_queries(4):
        client.get("/mailbox/")
    for number in range(1, 20):
        arrived(number)
    with django_assert_num_queries(4):
        client.get("/mailbox/")


def test_a_message_shows_its_links_and_keeps_its_html_in_a_locked_frame(client, db):
    message = arrived(1, html="<script>alert(1)</script><p>Hello</p>")

    page = client.get(reverse("common:mailbox_message", args=[message.pk])).content.decode()
    frame = client.get(reverse("common:mailbox_html", args=[message.pk]))

    assert '<a href="https://leaders.example.ca/join/x"' in page
    assert "alert(1)" not in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(part.split(" ", 1) for part in frame["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert "script-src" not in policy


def test_a_message_without_html_has_no_frame(client, db):
    message = arrived(1, html="")

    assert "<iframe" not in client.get(reverse("common:mailbox_message", args=[message.pk])).content.decode()


@pytest.fixture
def night(db, settings):
    """A mail that waits for tomorrow, as the rule left it."""
    settings.MAIL_DELIVERY_BACKEND = "leaderdev.common.mail.backends.MailboxBackend"
    mail = store(to="ana@example.ca", kind="plan_comment", subject="A comment", text="Good day")
    OutgoingMail.objects.update(next_attempt_at=timezone.now() + datetime.timedelta(hours=9))
    return mail


@pytest.mark.usefixtures("night")
def test_what_waits_for_the_morning_is_said_and_can_be_sent_now(client):
    page = client.get("/mailbox/").content.decode()
    assert "One message waits for the morning" in page
    assert "A comment, to ana@example.ca" in page
    arrived(1, to="bo@example.ca")
    assert "A comment" not in client.get("/mailbox/?to=bo@example.ca").content.decode()
    MailboxMessage.objects.all().delete()

    answer = client.post("/mailbox/send/", follow=True).content.decode()
    assert "One message was sent." in answer
    assert "waits for the morning</h2>" not in answer
    assert MailboxMessage.objects.get().subject == "A comment"
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT
    assert "0 messages were sent." in client.post("/mailbox/send/", follow=True).content.decode()


def test_what_was_tried_in_vain_or_is_another_sender_s_is_not_hurried(client, night):
    OutgoingMail.objects.update(attempts=1)
    assert "waits for the morning</h2>" not in client.get("/mailbox/").content.decode()
    client.post("/mailbox/send/")
    assert not MailboxMessage.objects.exists()


def test_what_nobody_wants_any_more_is_dropped_as_it_would_be(client, night, monkeypatch):
    class Unwanted(NoRule):
        def judge(self, mails, *, now):
            assert now == OutgoingMail.objects.get().next_attempt_at
            return {mail.pk: Ruling(OutgoingMail.State.UNWANTED) for mail in mails}

    monkeypatch.setattr(waiting, "rule", Unwanted)
    client.post("/mailbox/send/")
    assert OutgoingMail.objects.get().state == OutgoingMail.State.UNWANTED
    assert not MailboxMessage.objects.exists()


@pytest.mark.usefixtures("night")
def test_a_real_installation_has_no_such_button(client, settings):
    settings.MAILBOX_PAGE = False
    assert client.post("/mailbox/send/").status_code == 404
    assert OutgoingMail.objects.get().state == OutgoingMail.State.QUEUED
