"""Delivering queued mail, as a share of what one kept-open connection to a local sink can take at all."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.test import override_settings

from leaderdev.common.mail import delivery
from leaderdev.common.mail.queue import store
from leaderdev.common.models import OutgoingMail
from tests.benchmarks.result import Result
from tests.smtp_sink import Sink, smtp_sink

ROUNDS = 5
MAILS = 200
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def floor(sink: Sink) -> float:
    """Building and sending over one connection, recording nothing: mails a second."""
    began = time.perf_counter()
    with get_connection(SMTP) as connection:
        for number in range(MAILS):
            message = EmailMultiAlternatives("Hello", "Good day", to=[f"floor{number}@example.ca"])
            message.attach_alternative("<p>Good day</p>", "text/html")
            connection.send_messages([message])
    return MAILS / (time.perf_counter() - began)


def ours() -> float:
    with transaction.atomic():
        for number in range(MAILS):
            address = f"ours{number}@example.ca"
            store(to=address, kind="bench", subject="Hello", text="Good day", html="<p>Good day</p>")
    began = time.perf_counter()
    delivery.deliver_due()
    return MAILS / (time.perf_counter() - began)


def run() -> list[Result]:
    OutgoingMail.objects.all().delete()
    floors, figures = [], []
    with smtp_sink() as sink:
        at = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": sink.port, "MAIL_DELIVERY_BACKEND": SMTP}
        with override_settings(**at):
            for _ in range(ROUNDS):
                floors.append(floor(sink))
                figures.append(ours())
        arrived = sum(address.startswith("ours") for address in sink.addressees())
    wrong = [] if arrived == ROUNDS * MAILS else [f"{arrived} of {ROUNDS * MAILS} mails arrived"]
    left = OutgoingMail.objects.unsent().count()
    wrong += [f"{left} mails still wait"] if left else []
    OutgoingMail.objects.all().delete()
    return [
        Result("mail, one kept connection", "mails/s", floors, more_is_better=True),
        Result(
            "mail, outbox with a record for each",
            "mails/s",
            figures,
            floors,
            more_is_better=True,
            note=f"goal × 0.60; {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[1]}",
            wrong=wrong,
        ),
    ]
