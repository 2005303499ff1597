"""Queued mail through Django's real SMTP backend to a server on loopback."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from leaderdev.common.mail import delivery
from leaderdev.common.mail.queue import message_id, store
from leaderdev.common.models import OutgoingMail
from tests.smtp_sink import accept, smtp_sink

State = OutgoingMail.State


def queued(to: str = "ana@example.ca", **columns) -> OutgoingMail:
    return store(
        **{"to": to, "kind": "hello", "subject": "Hello", "text": "Good day", "html": "<p>Hi</p>", **columns}
    )


@pytest.fixture
def through(settings, db):
    """through(answer) → the sink that `deliver_due` now talks to."""
    opened = []

    def use(answer=accept):
        context = smtp_sink(answer)
        opened.append(context)
        sink = context.__enter__()
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        return sink

    yield use
    for context in opened:
        context.__exit__(None, None, None)


def fresh(mail: OutgoingMail) -> OutgoingMail:
    mail.refresh_from_db()
    return mail


def test_what_is_due_goes_out_over_one_connection(through):
    sink = through()
    for number in range(45):
        queued(f"person{number:02}@example.ca")

    sent = delivery.deliver_due()

    assert sent == 45
    assert sink.addressees() == [f"person{number:02}@example.ca" for number in range(45)]
    assert sink.connections == 1
    assert OutgoingMail.objects.unsent().count() == 0


def test_the_message_carries_both_bodies_and_a_number_of_its_own(through):
    sink = through()
    mail = queued(key="welcome:7", headers={"Reply-To": "lead@example.ca"})

    delivery.deliver_due()

    (message,) = sink.accepted
    assert message["Message-ID"] == message_id("welcome:7") == mail.message_id
    assert message["Reply-To"] == "lead@example.ca"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_row_whose_time_has_not_come_waits(through):
    sink = through()
    mail = queued()
    mail.next_attempt_at = timezone.now() + datetime.timedelta(minutes=1)
    mail.save()

    assert delivery.deliver_due() == 0
    assert sink.accepted == []


@pytest.mark.parametrize("refused_at", ["MAIL", "RCPT", "message"])
def test_a_passing_refusal_is_tried_again_later(through, refused_at):
    through(lambda command, rest: "451 later" if command == refused_at else accept(command, rest))
    mail = queued()
    before = timezone.now()

    assert delivery.deliver_due() == 0

    mail = fresh(mail)
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert mail.next_attempt_at >= before + datetime.timedelta(minutes=1)
    assert mail.last_error.endswith("451")


def test_a_refusal_for_good_fails_that_row_and_no_other(through):
    def refuse_bo(command, argument):
        return "550 no such user" if command == "RCPT" and "bo@" in argument else accept(command, argument)

    sink = through(refuse_bo)
    refused = queued("bo@example.ca")
    queued("cy@example.ca")

    assert delivery.deliver_due() == 1

    refused = fresh(refused)
    assert (refused.state, refused.attempts, refused.last_error) == (
        State.FAILED,
        1,
        "SMTPRecipientsRefused 550",
    )
    assert sink.addressees() == ["cy@example.ca"]


def test_the_wait_grows_and_ends(through):
    through(lambda command, rest: "421 busy" if command == "MAIL" else accept(command, rest))
    mail = queued()
    waits = []
    for _ in range(len(delivery.BACKOFF_MINUTES) + 1):
        OutgoingMail.objects.update(next_attempt_at=timezone.now())
        started = timezone.now()
        delivery.deliver_due()
        mail = fresh(mail)
        waits.append(round((mail.next_attempt_at - started).total_seconds() / 60))

    assert waits[:-1] == list(delivery.BACKOFF_MINUTES)
    assert (mail.state, mail.attempts) == (State.FAILED, len(delivery.BACKOFF_MINUTES) + 1)


def test_a_server_that_is_away_delays(through, settings):
    sink = through()
    settings.EMAIL_PORT = sink.port
    sink.shutdown()
    sink.server_close()
    mail = queued()

    delivery.deliver_due()

    mail = fresh(mail)
    assert (mail.state, mail.last_error) == (State.QUEUED, "ConnectionRefusedError")


def test_a_header_that_cannot_be_sent_fails_and_blocks_nobody(through):
    sink = through()
    broken = queued("ana@example.ca", headers={"Reply-To": "two\nlines"})
    queued("bo@example.ca")

    assert delivery.deliver_due() == 1

    assert (fresh(broken).state, fresh(broken).last_error) == (State.FAILED, "BadHeaderError")
    assert sink.addressees() == ["bo@example.ca"]


def test_a_claimed_row_is_not_claimed_again_until_its_lease_ends(db):
    queued()
    now = timezone.now()

    first = delivery.claim(now=now)
    second = delivery.claim(now=now)
    after = delivery.claim(now=now + delivery.LEASE)

    assert [len(first), len(second), len(after)] == [1, 0, 1]
    assert first[0].lease_token != after[0].lease_token


def test_a_sender_that_slept_through_its_lease_leaves_its_rows_alone(db):
    mail = queued()
    OutgoingMail.objects.update(next_attempt_at=timezone.now() - 3 * delivery.LEASE)
    stale = delivery.claim(now=timezone.now() - 2 * delivery.LEASE)
    taken_over = delivery.claim(now=timezone.now())

    assert list(delivery.still_ours(stale)) == []
    assert [each.pk for each in delivery.still_ours(taken_over)] == [mail.pk]

    delivery.settle(stale[0], state=State.FAILED)
    assert fresh(mail).state == State.SENDING


def test_a_lease_is_renewed_in_its_second_half(db, monkeypatch):
    mail = queued()
    (claimed,) = delivery.claim(now=timezone.now())
    later = claimed.lease_until - delivery.LEASE / 4
    monkeypatch.setattr(delivery.timezone, "now", lambda: later)

    assert list(delivery.still_ours([claimed])) == [mail]
    assert fresh(mail).lease_until == later + delivery.LEASE


def test_a_text_that_opens_a_door_is_forgotten_once_it_is_sent(through):
    through()
    secret, ordinary = queued(secret=True), queued("bo@example.ca")

    delivery.deliver_due()

    assert (fresh(secret).body_text, fresh(secret).body_html) == ("", "")
    assert fresh(ordinary).body_text == "Good day"


def test_no_address_and_no_text_in_the_log(through, caplog):
    through(lambda command, rest: f"550 {rest}" if command == "RCPT" else accept(command, rest))
    queued("ana@example.ca")

    delivery.deliver_due()

    assert [record.getMessage() for record in caplog.records] == [
        "Mail not deliverable: SMTPRecipientsRefused 550"
    ]
