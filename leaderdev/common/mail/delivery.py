"""Handing queued rows to the mail server: claim with a lease, send, record each one before the next.

A row is claimed by one sender at a time: on PostgreSQL senders skip each other's locked rows, elsewhere a
conditional update lets only one win. A sender that dies leaves its rows until their lease ends. The only
message that can go out twice is the one a server had accepted when its sender was killed; it carries the same
Message-ID both times.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from leaderdev.common.mail.rules import rule
from leaderdev.common.models import OutgoingMail

logger = logging.getLogger("leaderdev.mail")

State = OutgoingMail.State
# How long a claimed row is left alone.
LEASE = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
# Few at a time: rows behind a hanging server stay free for another sender.
BATCH = 20
# Minutes to wait after the 1st, 2nd … failed attempt; after the last one the row is failed.
BACKOFF_MINUTES = (1, 2, 5, 15, 30, 60, 120, 240, 480)
# One call gives up its turn after this long, so that a task stays well inside its time limit.
TURN = timedelta(seconds=180)


def deliver_due() -> int:
    """Send what is due, batch after batch; returns how many messages a server accepted."""
    ends = timezone.now() + TURN
    sent = 0
    mail_server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        while timezone.now() < ends and (batch := claim(now=timezone.now())):
            for mail in still_ours(may_leave(batch, now=timezone.now())):
                sent += attempt(mail, mail_server)
    finally:
        mail_server.close()
    return sent


def claim(*, now: datetime) -> list[OutgoingMail]:
    """Take up to BATCH due rows under a lease of ours, oldest first."""
    token = uuid.uuid4().hex
    lease = {"state": State.SENDING, "lease_until": now + LEASE, "lease_token": token}
    due = OutgoingMail.objects.due_at(now).order_by("next_attempt_at", "pk")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        chosen = list(due.values_list("pk", flat=True)[:BATCH])
        OutgoingMail.objects.due_at(now).filter(pk__in=chosen).update(**lease)
    return list(OutgoingMail.objects.filter(lease_token=token, state=State.SENDING).order_by("pk"))


def claim_rows(keys: Sequence[int], *, now: datetime) -> list[OutgoingMail]:
    """Waiting rows under a lease of ours before their time; those that another sender has are left out."""
    token = uuid.uuid4().hex
    waiting = OutgoingMail.objects.filter(pk__in=keys, state=State.QUEUED)
    waiting.update(state=State.SENDING, lease_until=now + LEASE, lease_token=token)
    return list(OutgoingMail.objects.filter(lease_token=token, state=State.SENDING).order_by("pk"))


def may_leave(batch: list[OutgoingMail], *, now: datetime) -> list[OutgoingMail]:
    """The mails of a claimed batch that go out now; of the others it is written down what becomes of them."""
    rulings = rule().judge(batch, now=now)
    for mail in batch:
        ruling = rulings.get(mail.pk)
        if ruling is not None:
            settle(mail, state=ruling.state, next_attempt_at=ruling.until or mail.next_attempt_at)
    return [mail for mail in batch if mail.pk not in rulings]


def still_ours(batch: list[OutgoingMail]) -> Iterator[OutgoingMail]:
    """Each row of the batch that is ours when its turn comes.

    The first half of a lease needs no question to the database (a second commit for each mail would halve
    the speed); after that it is renewed. A sender that was stopped longer than its lease finds its rows
    taken and leaves them alone.
    """
    for mail in batch:
        now = timezone.now()
        if mail.lease_until and mail.lease_until - now > LEASE / 2:
            yield mail
            continue
        mine = OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, lease_token=mail.lease_token)
        if mine.filter(lease_until__gt=now).update(lease_until=now + LEASE):
            yield mail


def attempt(mail: OutgoingMail, mail_server: BaseEmailBackend) -> bool:
    """Send one row and record how it went. True when the server accepted it."""
    try:
        # Does nothing while the conversation of the last message is still open.
        mail_server.open()
        mail_server.send_messages([as_message(mail)])
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; a bad header is a ValueError
        record_failure(mail, error)
        # After an error the state of the conversation is unknown; the next message opens a new one.
        mail_server.close()
        return False
    forget = {"body_text": "", "body_html": "", "calendar": ""} if mail.secret else {}
    settle(
        mail, state=State.SENT, sent_at=timezone.now(), attempts=mail.attempts + 1, last_error="", **forget
    )
    return True


def record_failure(mail: OutgoingMail, error: Exception) -> None:
    """Wait longer each time after a passing error; give up at once on a refusal for good."""
    attempts = mail.attempts + 1
    kind = name_of(error)
    if is_passing(error) and attempts <= len(BACKOFF_MINUTES):
        wait = timedelta(minutes=BACKOFF_MINUTES[attempts - 1])
        settle(
            mail,
            state=State.QUEUED,
            attempts=attempts,
            next_attempt_at=timezone.now() + wait,
            last_error=kind,
        )
        logger.warning("Mail delayed: %s", kind, extra={"mail": mail.pk, "kind": mail.kind})
    else:
        settle(mail, state=State.FAILED, attempts=attempts, last_error=kind)
        logger.error("Mail not deliverable: %s", kind, extra={"mail": mail.pk, "kind": mail.kind})


def settle(mail: OutgoingMail, **columns: object) -> None:
    """Write the outcome, unless another sender has taken the row meanwhile."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, lease_token=mail.lease_token)
    mine.update(lease_until=None, lease_token="", **columns)


def is_passing(error: Exception) -> bool:
    """4yz answers, a lost connection and a silent server pass; 5yz answers and bad headers do not."""
    if isinstance(error, ValueError):
        return False
    codes = answer_codes(error)
    return not codes or any(400 <= code < 500 for code in codes)


def answer_codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [error.smtp_code]
    return []


def name_of(error: Exception) -> str:
    """The error's class and the server's number, never its sentence: that may quote the message."""
    return " ".join([type(error).__name__, *map(str, answer_codes(error))])[:120]


def as_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body_text,
        from_email=mail.from_address,
        to=[mail.to_address],
        headers={**mail.headers, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.body_html:
        message.attach_alternative(mail.body_html, "text/html")
    if mail.calendar:
        # The method stands in the type too (RFC 6047, 2.4): mail programs look there for what is asked.
        method = next(line[7:] for line in mail.calendar.splitlines() if line.startswith("METHOD:"))
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
    return message
