"""Every reminder that still applies arrives, once, whatever dies or answers wrongly on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import OperationalError, connection
from django.utils import timezone

from leaderdev.common.models import MailboxMessage
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services import claiming
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round
from leaderdev.reminders.services.sending import deliver_due
from tests.faults.processes import LEASE_SECONDS, free_port, until
from tests.reminders.crowd import addresses, make_crowd
from tests.smtp_sink import accept, smtp_sink

pytestmark = pytest.mark.fault

State = Reminder.State
KINDS = [by_name("session_ahead")]
SMTP = "django.core.mail.backends.smtp.EmailBackend"
ROUND = "from leaderdev.reminders.services.round import one_round\none_round()\n"
# What a worker woken each minute does, each fifth of a second; a database that is away is no end of it.
ROUNDS = """
import time
from django.db import Error, connection
from leaderdev.reminders.services.round import one_round
while True:
    try:
        one_round()
    except Error:
        connection.close()
    time.sleep(0.2)
"""
# A clock: wakes the worker through the broker, whether the broker is there or not.
BEAT = """
import time
from celery import current_app
from kombu.exceptions import OperationalError
while True:
    try:
        current_app.send_task("leaderdev.reminders.tasks.remind")
    except (OperationalError, OSError):
        pass
    time.sleep(0.3)
"""


def expected(count: int) -> Counter[str]:
    return Counter(f"crowded-{address}" for address in addresses(count))


def slowly(command: str, argument: str) -> str:
    """Some milliseconds for each message, so that there is something to interrupt."""
    if command == "message":
        time.sleep(0.003)
    return accept(command, argument)


def none_waits() -> bool:
    return Reminder.objects.exists() and not Reminder.objects.unsent().exists()


@pytest.mark.usefixtures("transactional_db")
def test_a_worker_killed_in_a_batch_of_two_thousand_loses_nothing_and_doubles_one_a_kill_at_most(machine):
    count, kills = 2000, 3
    make_crowd(count, timezone.now())
    with smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        for number in range(kills):
            worker = station.script(ROUND)
            until("some mail has left", lambda goal=200 * (number + 1): len(sink.accepted) >= goal)
            station.kill(worker)
        time.sleep(LEASE_SECONDS)
        assert station.script(ROUND).wait(120) == 0, station.logs()
        received = Counter(sink.addressees())
        numbers = Counter(message["Message-ID"] for message in sink.accepted)

    assert set(received) == set(expected(count))
    assert sum(received.values()) - count <= kills
    # A second copy carries the number of the first.
    assert len(numbers) == count
    assert none_waits()


@pytest.mark.usefixtures("transactional_db")
def test_two_clocks_and_three_workers_at_once_send_each_mail_once(machine):
    count = 600
    make_crowd(count, timezone.now())
    with smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", MAIL_LEASE_SECONDS="60")
        workers = [station.script(ROUND) for _ in range(5)]
        assert [worker.wait(120) for worker in workers] == [0] * 5, station.logs()
        assert sink.connections >= 2, "One worker did it all; the others did not compete."
        assert Counter(sink.addressees()) == expected(count)
    assert none_waits()


@pytest.mark.usefixtures("transactional_db")
def test_a_worker_stopped_for_longer_than_its_lease_leaves_its_rows_to_others(machine):
    count = 300
    make_crowd(count, timezone.now())
    with smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        sleeper = station.script(ROUND)
        until("some mail has left", lambda: len(sink.accepted) >= 60)
        sleeper.send_signal(signal.SIGSTOP)
        time.sleep(LEASE_SECONDS + 0.5)
        assert station.script(ROUND).wait(60) == 0, station.logs()
        sleeper.send_signal(signal.SIGCONT)
        assert sleeper.wait(60) == 0, station.logs()
        received = Counter(sink.addressees())
    assert set(received) == set(expected(count))
    assert sum(received.values()) - count <= 1


@contextmanager
def private_redis(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--dir", str(folder), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield server
    finally:
        server.kill()
        server.wait(10)


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed here")
def test_redis_stopped_and_restarted_empty_only_delays(machine, tmp_path):
    count, port = 400, free_port()
    make_crowd(count, timezone.now())
    with smtp_sink(slowly) as sink:
        station = machine(
            EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", CELERY_BROKER_URL=f"redis://127.0.0.1:{port}/0"
        )
        with private_redis(tmp_path, port):
            worker = ("celery", "-A", "leaderdev", "worker", "--pool", "solo", "--without-gossip")
            station.start(*worker)
            station.start(*worker)
            station.script(BEAT)
            station.script(BEAT)
            until("some mail has left", lambda: len(sink.accepted) >= 50)
        left = Reminder.objects.unsent().count()
        # Rows that a round had in hand are worked off without the broker; new people join meanwhile.
        make_crowd(50, timezone.now(), slug="latecomers")
        time.sleep(2)
        with private_redis(tmp_path, port):
            until("all mail has left", lambda: none_waits() and len(sink.accepted) >= count + 50, seconds=90)
        received = Counter(sink.addressees())
    assert left >= 0
    late = Counter(f"latecomers-{address}" for address in addresses(50))
    assert received == expected(count) + late


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


@contextmanager
def private_postgres(port: int) -> Iterator[tuple[str, list[str]]]:
    """A server of our own: its address, and the command that restarts it. Never the machine's own."""
    programs = postgres_programs()
    assert programs is not None
    # The server does not run as root, and cannot enter the folders of a root's tests.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="leaderdev-pg-"))
    if as_postgres:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": "/"}
    subprocess.run([*as_postgres, programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres"], **quiet)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    where = ["-D", str(data), "-w", "-l", str(folder / "log"), "-o", options]
    control = [*as_postgres, str(programs / "pg_ctl"), *where]
    subprocess.run([*control, "start"], **quiet)
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres", [*control, "-m", "immediate", "restart"]
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


MAKE = """
from django.utils import timezone
from tests.reminders.crowd import make_crowd
make_crowd(400, timezone.now())
"""
COUNT = """
import sys
from leaderdev.reminders.models import Reminder
sys.exit(0 if Reminder.objects.exists() and not Reminder.objects.unsent().exists() else 3)
"""


@pytest.mark.needs_postgres
@pytest.mark.skipif(postgres_programs() is None, reason="no PostgreSQL server program is installed here")
def test_postgres_restarted_in_the_middle_loses_nothing(machine):
    count = 400
    with private_postgres(free_port()) as (address, restart), smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", DATABASE_URL=address)
        assert station.start("django", "migrate", "--verbosity", "0").wait(180) == 0, station.logs()
        assert station.script(MAKE).wait(60) == 0, station.logs()
        station.script(ROUNDS)
        station.script(ROUNDS)
        until("some mail has left", lambda: len(sink.accepted) >= 60)
        subprocess.run(restart, check=True, cwd="/", stdout=subprocess.DEVNULL)
        until("all mail has left", lambda: len(set(sink.addressees())) == count, seconds=60)
        until("all is recorded", lambda: station.script(COUNT).wait(30) == 0, seconds=90)
        received = Counter(sink.addressees())
    assert set(received) == set(expected(count))
    # Each of the two workers may have had one mail in hand.
    assert sum(received.values()) - count <= 2


# --- Mail servers that misbehave: real sockets, one process -------------------------------------


@pytest.fixture
def deliver(settings, transactional_db):
    """deliver(sink) → the tally of one round through it."""

    def through(sink) -> object:
        settings.MAIL_DELIVERY_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
            SMTP,
            "127.0.0.1",
            sink.port,
        )
        settings.EMAIL_TIMEOUT = 1
        return one_round(KINDS)

    return through


def answers(step: str, reply: str, to: str = "") -> object:
    """Everything is accepted but one step, for one address or for all."""

    def answer(command: str, argument: str) -> str:
        return reply if command == step and to in argument else accept(command, argument)

    return answer


@pytest.mark.parametrize(
    ("step", "reply"),
    [("RCPT", "421 go away"), ("RCPT", "450 later"), ("MAIL", "451 later"), ("message", "452 full")],
)
def test_a_passing_refusal_delays_and_nothing_is_lost_or_doubled(deliver, step, reply):
    make_crowd(8, timezone.now())
    with smtp_sink(answers(step, reply)) as sink:
        tally = deliver(sink)
        assert (tally.sent, tally.delayed) == (0, 8)
        # Once each: who was refused waits, and is not hammered.
        assert set(Reminder.objects.values_list("state", "attempts")) == {(State.DUE, 1)}
        assert deliver(sink).delayed == 0
    Reminder.objects.update(next_attempt_at=timezone.now())
    with smtp_sink() as sink:
        assert deliver(sink).sent == 8
        assert Counter(sink.addressees()) == expected(8)


def test_a_server_that_refuses_connections_delays(deliver):
    make_crowd(5, timezone.now())
    with smtp_sink() as gone:
        pass
    assert deliver(gone).delayed == 5
    Reminder.objects.update(next_attempt_at=timezone.now())
    with smtp_sink() as sink:
        assert deliver(sink).sent == 5
        assert Counter(sink.addressees()) == expected(5)


def test_a_refusal_for_good_fails_one_and_the_others_arrive(deliver):
    make_crowd(6, timezone.now())
    with smtp_sink(answers("RCPT", "550 nobody", "person000002")) as sink:
        tally = deliver(sink)
    assert (tally.sent, tally.failed) == (5, 1)
    (failed,) = Reminder.objects.failed()
    assert failed.reason == "SMTPRecipientsRefused 550"
    assert failed.person.email == "crowded-person000002@example.ca"


def test_after_the_last_attempt_a_row_is_failed_and_seen(deliver):
    make_crowd(1, timezone.now())
    with smtp_sink(answers("RCPT", "450 later")) as sink:
        for _ in range(len(claiming.BACKOFF_MINUTES) + 1):
            deliver(sink)
            Reminder.objects.unsent().update(next_attempt_at=timezone.now())
    assert Reminder.objects.failed().count() == 1


def test_a_server_that_drops_after_the_text_gets_the_same_message_again(deliver):
    make_crowd(3, timezone.now())
    dropped: list[str] = []

    def drop_once(command: str, argument: str) -> str:
        if command == "message" and not dropped:
            dropped.append(argument)
            raise ConnectionResetError
        return accept(command, argument)

    with smtp_sink(drop_once) as sink:
        sink.handle_error = lambda *_: None
        tally = deliver(sink)
        assert (tally.sent, tally.delayed) == (2, 1)
        Reminder.objects.unsent().update(next_attempt_at=timezone.now())
        assert deliver(sink).sent == 1
        assert Counter(sink.addressees()) == expected(3)


def test_a_silent_server_holds_nobody_longer_than_the_time_limit(deliver):
    make_crowd(4, timezone.now())

    def hang(command: str, argument: str) -> str:
        if command == "message" and "person000001" in argument:
            time.sleep(1.5)
        return accept(command, argument)

    with smtp_sink(hang) as sink:
        sink.handle_error = lambda *_: None
        began = time.monotonic()
        tally = deliver(sink)
        assert (tally.sent, tally.delayed) == (3, 1)
        assert time.monotonic() - began < 8


@pytest.mark.needs_sqlite
def test_a_full_disk_under_the_demo_s_mailbox_loses_and_doubles_nothing(
    transactional_db, settings, monkeypatch
):
    settings.MAIL_DELIVERY_BACKEND = settings.MAILBOX_BACKEND
    monkeypatch.setattr(claiming, "LEASE", claiming.dt.timedelta(seconds=1))
    make_crowd(300, timezone.now())
    find_due(now=timezone.now(), kinds=KINDS)
    with connection.cursor() as cursor:
        # Without free pages inside the file, which would take the first mails.
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        # SQLite's own way to be full: the file may grow by this much and no more.
        cursor.execute(f"PRAGMA max_page_count = {pages + 60}")
    with pytest.raises(OperationalError, match="full"):
        deliver_due()
    part = MailboxMessage.objects.count()
    assert 0 < part < 300
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    time.sleep(1.1)
    deliver_due()
    assert Counter(MailboxMessage.objects.values_list("to_address", flat=True)) == expected(300)
    assert none_waits()


def test_the_mail_program_s_backend_is_the_real_one():
    assert f"{EmailBackend.__module__}.{EmailBackend.__name__}" == SMTP
