"""A mail is a row in the caller's transaction, one for each key."""

from __future__ import annotations

import socket

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import transaction

from leaderdev.celery import app
from leaderdev.common.mail import Letter, delivery, housekeeping, queue_mail, queue_many
from leaderdev.common.mail.backends import MailboxBackend, OutboxBackend
from leaderdev.common.models import MailboxMessage, OutgoingMail


@pytest.fixture
def written(settings, tmp_path):
    """A kind of mail that exists for the test alone."""
    folder = tmp_path / "emails" / "hello"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Hello\n{{ name }}\n")
    (folder / "body.txt").write_text(
        "{% extends 'emails/base.txt' %}{% block text %}Dear {{ name }}{% endblock %}"
    )
    (folder / "body.html").write_text(
        "{% extends 'emails/base.html' %}{% block text %}<p>Dear {{ name }}</p>{% endblock %}"
    )
    options = {**configured.TEMPLATES[0], "DIRS": [tmp_path, *configured.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [options]


@pytest.mark.django_db
def test_subject_text_and_html_are_rendered_in_one_place(written, settings):
    row = queue_mail(
        to=" Ana@Example.ca ",
        kind="hello",
        context={"name": "Ana & Bo", "button_url": "https://x.example.ca/go", "button_label": "Go"},
        reply_to="lead@example.ca",
    )

    assert (row.to_address, row.subject) == ("ana@example.ca", "Hello Ana & Bo")
    assert row.body_text.startswith("Dear Ana & Bo\n\nGo:\nhttps://x.example.ca/go")
    assert settings.SITE_URL in row.body_text
    assert "<p>Dear Ana &amp; Bo</p>" in row.body_html
    assert row.headers == {"Reply-To": "lead@example.ca"}
    assert row.state == OutgoingMail.State.QUEUED


@pytest.mark.django_db
def test_the_same_key_makes_no_second_mail(written):
    first = queue_mail(to="ana@example.ca", kind="hello", context={"name": "Ana"}, key="hello:1")
    again = queue_mail(to="ana@example.ca", kind="hello", context={"name": "Anna"}, key="hello:1")

    assert again == first
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_takes_its_mail_along(written):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_mail(to="ana@example.ca", kind="hello", context={"name": "Ana"})
        raise ZeroDivisionError

    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_costs_no_page(written, caplog):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{unused.getsockname()[1]}/0"
        before = app.conf.broker_write_url
        app.conf.broker_write_url = address
        app.amqp._producer_pool, app._pool = None, None
        try:
            queue_mail(to="ana@example.ca", kind="hello", context={"name": "Ana"})
        finally:
            app.conf.broker_write_url = before
            app.amqp._producer_pool, app._pool = None, None

    assert OutgoingMail.objects.unsent().count() == 1
    assert [record.getMessage() for record in caplog.records] == [
        "No broker answers; queued mail leaves with the next sweep."
    ]


@pytest.mark.django_db
def test_many_mails_of_one_change_wake_the_sender_once(written, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        for number in range(5):
            queue_mail(to=f"person{number}@example.ca", kind="hello", context={"name": "Ana"})

    assert len(calls) == 1


@pytest.mark.django_db
def test_letters_to_a_whole_cohort_leave_out_known_keys(written, django_assert_num_queries):
    queue_mail(to="ana@example.ca", kind="hello", context={"name": "Ana"}, key="hello:1")
    letters = [
        Letter(to=f"person{number}@example.ca", context={"name": "Ana"}, key=f"hello:{number}")
        for number in range(1, 4)
    ]

    with django_assert_num_queries(1):
        queue_many(kind="hello", letters=letters, reply_to="lead@example.ca")
    queue_many(kind="hello", letters=[])

    rows = OutgoingMail.objects.order_by("key").values_list("key", "to_address", "headers")
    assert list(rows) == [
        ("hello:1", "ana@example.ca", {}),
        ("hello:2", "person2@example.ca", {"Reply-To": "lead@example.ca"}),
        ("hello:3", "person3@example.ca", {"Reply-To": "lead@example.ca"}),
    ]


@pytest.mark.django_db
def test_whatever_django_sends_becomes_rows():
    message = mail.EmailMultiAlternatives(
        "Code", "Your code is 123", to=["ana@example.ca"], bcc=["bo@example.ca"], reply_to=["lead@example.ca"]
    )
    message.attach_alternative("<p>Your code is 123</p>", "text/html")

    assert OutboxBackend().send_messages([message]) == 1

    rows = OutgoingMail.objects.order_by("to_address").values_list(
        "to_address", "body_html", "secret", "headers"
    )
    assert list(rows) == [
        ("ana@example.ca", "<p>Your code is 123</p>", True, {"Reply-To": "lead@example.ca"}),
        ("bo@example.ca", "<p>Your code is 123</p>", True, {"Reply-To": "lead@example.ca"}),
    ]


@pytest.mark.django_db
def test_an_attachment_is_refused_instead_of_dropped():
    message = mail.EmailMessage("Report", "See below", to=["ana@example.ca"])
    message.attach("report.txt", "numbers", "text/plain")

    with pytest.raises(ValueError, match="attachments"):
        OutboxBackend().send_messages([message])


@pytest.mark.django_db
def test_the_demo_mailbox_takes_a_repeated_message_once(settings):
    settings.MAIL_DELIVERY_BACKEND = settings.MAILBOX_BACKEND
    row = queue_plain()
    repeated = delivery.as_message(row)

    assert delivery.deliver_due() == 1
    MailboxBackend().send_messages([repeated])
    MailboxBackend().send_messages([mail.EmailMessage("Plain", "No number", to=["ana@example.ca"])] * 2)

    assert MailboxMessage.objects.filter(message_id=row.message_id).count() == 1
    assert MailboxMessage.objects.filter(subject="Plain", html="").count() == 2


def queue_plain() -> OutgoingMail:
    OutboxBackend().send_messages([mail.EmailMessage("Hello", "Text", to=["ana@example.ca"])])
    return OutgoingMail.objects.get()


@pytest.mark.django_db
def test_texts_are_forgotten_after_a_month_and_the_proof_is_kept():
    row = queue_plain()
    OutgoingMail.objects.update(state="sent", sent_at=row.created_at)

    assert housekeeping.forget_old_texts(now=row.created_at + housekeeping.KEEP_TEXT) == 0
    later = row.created_at + housekeeping.KEEP_TEXT * 2
    assert housekeeping.forget_old_texts(now=later) == 1

    row.refresh_from_db()
    assert (row.body_text, row.subject, row.state) == ("", "", "sent")
