"""Mail that waits for its reader's morning, and handing it over earlier where nobody sleeps: in a demo."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from leaderdev.common.mail.delivery import attempt, claim_rows, settle
from leaderdev.common.mail.rules import rule
from leaderdev.common.models import OutgoingMail


def waiting_at(now: datetime) -> list[OutgoingMail]:
    """Rows that no sender has tried yet and that do not leave before a later instant, the next one first."""
    rows = OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED, attempts=0, next_attempt_at__gt=now
    ).order_by("next_attempt_at", "pk")
    return list(rows.defer("body_text", "body_html", "calendar"))


def send_waiting() -> int:
    """Send what waits as if its morning had come; returns how many left.

    The rule is asked as of each mail's own morning: a held cohort's mail stays, and what nobody wants then
    is dropped, as it would be. For a demo; a real reader is asleep.
    """
    mail_server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    sent = 0
    try:
        for mail in claim_rows([row.pk for row in waiting_at(timezone.now())], now=timezone.now()):
            ruling = rule().judge([mail], now=mail.next_attempt_at).get(mail.pk)
            if ruling is None:
                sent += attempt(mail, mail_server)
            else:
                settle(mail, state=ruling.state, next_attempt_at=ruling.until or mail.next_attempt_at)
    finally:
        mail_server.close()
    return sent
