"""The demo's mailbox: open to everybody in a demo, absent everywhere else."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from leaderdev.common.models import MailboxMessage

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
    with django_assert_num_queries(3):
        client.get("/mailbox/")
    for number in range(1, 20):
        arrived(number)
    with django_assert_num_queries(3):
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
