"""Django's mail doors: one writes rows for the sender, one delivers into the demo's mailbox page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from leaderdev.common.mail.queue import store
from leaderdev.common.models import MailboxMessage


def html_of(message: EmailMessage) -> str:
    if isinstance(message, EmailMultiAlternatives):
        for content, kind in message.alternatives:
            if kind == "text/html":
                return str(content)
    return ""


def calendar_of(message: EmailMessage) -> str:
    parts = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(content) for content, kind in parts if str(kind).startswith("text/calendar")), "")


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND: whatever Django or allauth sends becomes a row, and leaves with its transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError(
                    "Mail with attachments goes through queue_mail, which has no place for them."
                )
            for address in message.recipients():
                store(
                    to=address,
                    kind="account",
                    secret=True,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html_of(message),
                    sender=message.from_email,
                    headers={"Reply-To": ", ".join(message.reply_to)} if message.reply_to else {},
                )
        return len(email_messages)


class MailboxBackend(BaseEmailBackend):
    """MAIL_DELIVERY_BACKEND of a demo: a row on the mailbox page is what a mail server would have taken."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                keep(message, address)
        return len(email_messages)


def keep(message: EmailMessage, address: str) -> None:
    """A message that comes a second time, after a crash of the sender, is the same message."""
    columns = {
        "subject": str(message.subject),
        "text": str(message.body),
        "html": html_of(message),
        "calendar": calendar_of(message),
        "sent_at": timezone.now(),
    }
    number = message.extra_headers.get("Message-ID", "")
    if number:
        MailboxMessage.objects.get_or_create(message_id=number, to_address=address, defaults=columns)
    else:
        MailboxMessage.objects.create(to_address=address, **columns)
