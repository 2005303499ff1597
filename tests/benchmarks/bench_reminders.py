"""Reminders: finding a hundred thousand due, delivering with a record of each, queries of one meeting."""

from __future__ import annotations

import subprocess
import sys
import time

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import LearningSession
from leaderdev.reminders.book import Book
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.letters import as_message, letters_of
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.applying import ask_again
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.sending import deliver_due
from tests.benchmarks.result import Result
from tests.reminders.crowd import make_crowd
from tests.smtp_sink import Sink, smtp_sink

ROUNDS = 5
MAILS = 300
MANY = 100_000
# Of the process that finds so many.
MOST_MEGABYTES = 200
SMTP = "django.core.mail.backends.smtp.EmailBackend"
KIND = by_name("session_ahead")
# The cohorts that are made here; the demo's own stay as they are.
OURS = ("bench-leaders", "meeting10-leaders", "meeting1000-leaders")
# A process of its own says how much memory it took at most.
ALONE = """
import time
import django
django.setup()
from django.utils import timezone
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.services.finding import find_due
from tests.benchmarks.machine import peak_memory
began = time.perf_counter()
found = find_due(now=timezone.now(), kinds=[by_name("session_ahead")])
print(found, time.perf_counter() - began, peak_memory())
"""


def floor(rows: list[Reminder]) -> float:
    """The same mails built and sent over one connection, without a record: mails a second."""
    began = time.perf_counter()
    with get_connection(SMTP) as server:
        book, now = Book(), timezone.now()
        for first in range(0, len(rows), 50):
            answer = ask_again(rows[first : first + 50], now=now, book=book)
            for row in answer.applies:
                server.send_messages([as_message(letters_of([row], answer.facts, book))])
    return len(rows) / (time.perf_counter() - began)


def ours() -> float:
    began = time.perf_counter()
    tally = deliver_due()
    return tally.sent / (time.perf_counter() - began)


def again() -> list[Reminder]:
    """The same rows, due once more."""
    Reminder.objects.update(
        state="due",
        sent_at=None,
        attempts=0,
        next_attempt_at=timezone.now(),
        lease_until=None,
        lease_token="",
    )
    return list(Reminder.objects.select_related("person").order_by("pk"))


def delivering() -> list[Result]:
    make_crowd(MAILS, timezone.now(), slug="bench")
    find_due(now=timezone.now(), kinds=[KIND])
    Reminder.objects.exclude(program_year__cohort__slug__in=OURS).delete()
    floors, figures = [], []
    with smtp_sink() as sink:
        at = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": sink.port, "MAIL_DELIVERY_BACKEND": SMTP}
        with override_settings(**at):
            for _ in range(ROUNDS):
                floors.append(floor(again()))
                again()
                figures.append(ours())
        arrived = len(Sink.addressees(sink))
    wrong = [] if arrived == 2 * ROUNDS * MAILS else [f"{arrived} of {2 * ROUNDS * MAILS} reminders arrived"]
    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1]
    return [
        Result("reminders, built and sent, no record", "mails/s", floors, more_is_better=True),
        Result(
            "reminders, delivered with a record of each",
            "mails/s",
            figures,
            floors,
            more_is_better=True,
            note=f"goal × 0.60; {engine}",
            wrong=wrong,
        ),
    ]


def finding() -> list[Result]:
    Reminder.objects.all().delete()
    make_crowd(MANY, timezone.now(), slug="many")
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    if done.returncode:
        return [Result("reminders, finding 100,000", "s", [], wrong=[done.stderr[-500:]])]
    found, seconds, memory = (float(word) for word in done.stdout.split())
    kept = Reminder.objects.filter(state="due").count()
    heavy = [] if memory < MOST_MEGABYTES else [f"the process that finds held {memory:.0f} MB"]
    wrong = [] if kept >= MANY else [f"{kept} of {MANY} reminders were found"]
    began = time.perf_counter()
    second = find_due(now=timezone.now(), kinds=[KIND])
    repeat = time.perf_counter() - began
    wrong += [f"a second search wrote {second} rows"] if second else []
    return [
        Result("reminders, finding 100,000 due", "s", [seconds], note=f"goal < 30 s; {found:.0f} rows"),
        Result(
            "reminders, memory of that process", "MB", [memory], note=f"at most {MOST_MEGABYTES}", wrong=heavy
        ),
        Result("reminders, searching again, none new", "s", [repeat], wrong=wrong),
    ]


def queries() -> list[Result]:
    """Queries with which one session's reminders are found, for ten people and for a thousand."""
    counts = []
    for people in (10, 1000):
        Reminder.objects.all().delete()
        LearningSession.objects.filter(program_year__cohort__slug__in=OURS).delete()
        make_crowd(people, timezone.now(), slug=f"meeting{people}")
        with CaptureQueriesContext(connection) as caught:
            find_due(now=timezone.now(), kinds=[KIND])
        counts.append(float(len(caught)))
    wrong = (
        [] if counts[0] == counts[1] else [f"{counts[0]:.0f} queries for ten, {counts[1]:.0f} for a thousand"]
    )
    return [Result("reminders, queries to find one session's", "queries", counts, wrong=wrong)]


def run() -> list[Result]:
    Reminder.objects.all().delete()
    return [*delivering(), *queries(), *finding()]
