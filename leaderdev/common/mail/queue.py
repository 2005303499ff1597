"""Writing mail rows and waking the sender."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from leaderdev.common.mail.rendering import write
from leaderdev.common.mail.rules import Manners, rule
from leaderdev.common.models import OutgoingMail

logger = logging.getLogger("leaderdev.mail")

# By name: the task opens the door to the sender, and the sender must not import the door.
DELIVER_TASK = "leaderdev.common.tasks.deliver_queued_mail"


def queue_mail(
    *,
    to: str,
    kind: str,
    context: dict[str, Any],
    key: str | None = None,
    reply_to: str | None = None,
    language: str | None = None,
    secret: bool = False,
    calendar: str = "",
    needed_by: datetime | None = None,
    useful_until: datetime | None = None,
) -> OutgoingMail:
    """Write the mail with the change it tells about; it leaves once the caller's transaction is committed.

    `kind` names a folder under templates/emails/. `key` says what makes the message one of a kind
    ("invitation:17"): a second call with the same key returns the first row and sends nothing more.
    `secret` marks a text that opens a door (a code, an invitation link): it is emptied once it is sent.
    `calendar` is the same news for a calendar program (leaderdev.common.invitations writes it).
    Mail waits for its reader's morning (leaderdev.common.mail.rules). What she needs sooner says `needed_by`:
    it leaves at night rather than after that. From `useful_until` on it is of no use and does not leave.
    """
    manners = rule().manners(kind, [to])[to]
    mail = write(kind=kind, context=context | manners.context, language=language)
    return store(
        to=to,
        kind=kind,
        key=key,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=_headers(manners, reply_to),
        secret=secret,
        calendar=calendar,
        path=_path(context, secret),
        needed_by=needed_by,
        useful_until=useful_until,
    )


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One of many mails of the same kind: its reader, its text's context, and what makes it one of a kind."""

    to: str
    context: dict[str, Any]
    key: str
    language: str | None = None


def queue_many(
    *,
    kind: str,
    letters: Sequence[Letter],
    reply_to: str | None = None,
    secret: bool = False,
    needed_by: datetime | None = None,
    useful_until: datetime | None = None,
) -> None:
    """As queue_mail, for a whole cohort with one statement; a letter whose key is known is left out."""
    rows = []
    manners = rule().manners(kind, [letter.to for letter in letters])
    for letter in letters:
        mine = manners[letter.to]
        mail = write(kind=kind, context=letter.context | mine.context, language=letter.language)
        columns = _columns(
            to=letter.to,
            kind=kind,
            key=letter.key,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            headers=_headers(mine, reply_to),
            secret=secret,
            path=_path(letter.context, secret),
            needed_by=needed_by,
            useful_until=useful_until,
        )
        rows.append(OutgoingMail(key=letter.key, **columns))
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        transaction.on_commit(wake_sender)


def store(
    *,
    to: str,
    kind: str,
    subject: str,
    text: str,
    html: str = "",
    key: str | None = None,
    headers: dict[str, str] | None = None,
    sender: str | None = None,
    secret: bool = False,
    calendar: str = "",
    path: str = "",
    needed_by: datetime | None = None,
    useful_until: datetime | None = None,
) -> OutgoingMail:
    """The row itself, for mail that is already written (Django's and allauth's own)."""
    columns = _columns(
        to=to,
        kind=kind,
        subject=subject,
        text=text,
        html=html,
        key=key,
        headers=headers or {},
        sender=sender,
        secret=secret,
        calendar=calendar,
        path=path,
        needed_by=needed_by,
        useful_until=useful_until,
    )
    if key is None:
        mail, created = OutgoingMail.objects.create(**columns), True
    else:
        mail, created = OutgoingMail.objects.get_or_create(key=key, defaults=columns)
    if created:
        wake_after_commit()
    return mail


def _columns(
    *,
    to: str,
    kind: str,
    subject: str,
    text: str,
    html: str,
    key: str | None,
    headers: dict[str, str],
    secret: bool,
    sender: str | None = None,
    calendar: str = "",
    path: str = "",
    needed_by: datetime | None = None,
    useful_until: datetime | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "to_address": to.strip().lower(),
        "from_address": sender or settings.DEFAULT_FROM_EMAIL,
        "subject": subject[:300],
        "body_text": text,
        "body_html": html,
        "calendar": calendar,
        "headers": headers,
        "secret": secret,
        "path": path,
        "needed_by": needed_by or useful_until,
        "useful_until": useful_until,
        "message_id": message_id(key or uuid.uuid4().hex),
    }


def _headers(manners: Manners, reply_to: str | None) -> dict[str, str]:
    return {**({"Reply-To": reply_to} if reply_to else {}), **manners.headers}


def _path(context: dict[str, Any], secret: bool) -> str:
    """Where the button leads, inside this installation; a secret link stays in the mail that carries it."""
    url = str(context.get("button_url", ""))
    return "" if secret or not url.startswith(settings.SITE_URL) else url.removeprefix(settings.SITE_URL)


def message_id(key: str) -> str:
    """The same key gives the same Message-ID, so a mail system can fold the one repeat a crash may cause."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def wake_after_commit() -> None:
    """Once for each transaction, however many mails it writes: fifty invitations need one wake-up call.

    If a savepoint is rolled back later, its mails and its call go together.
    """
    waiting = [call for _, call, _ in transaction.get_connection().run_on_commit]
    if wake_sender not in waiting:
        transaction.on_commit(wake_sender)


def wake_sender() -> None:
    """Ask the worker to deliver now. Without a broker the row waits for the next sweep; the page goes on."""
    try:
        current_app.send_task(DELIVER_TASK)
    except OperationalError:
        logger.warning("No broker answers; queued mail leaves with the next sweep.")
