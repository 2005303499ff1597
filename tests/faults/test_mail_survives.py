"""Nothing queued is lost and nothing is sent twice, whatever dies on the way."""

from __future__ import annotations

import signal
import time
from collections import Counter

import pytest

from leaderdev.common.models import MailboxMessage, OutgoingMail
from tests.faults.processes import LEASE_SECONDS, Visitor, until
from tests.smtp_sink import accept, smtp_sink

pytestmark = pytest.mark.fault
CODE_PAGE = "/accounts/login/code/"
DELIVER = "from leaderdev.common.mail.delivery import deliver_due\ndeliver_due()\n"


def all_sent() -> bool:
    return not OutgoingMail.objects.unsent().exists()


@pytest.mark.needs_sqlite
def test_the_demo_process_delivers_by_itself_and_stops_on_request(machine, ana):
    demo = machine(MODE="demo")
    assert demo.start("django", "collectstatic", "--no-input").wait(30) == 0, demo.logs()
    server = demo.serve()

    Visitor(demo).post(CODE_PAGE, email=ana.email)
    until("the sign-in code lands in the mailbox", MailboxMessage.objects.exists)

    (message,) = MailboxMessage.objects.all()
    assert message.to_address == ana.email
    assert message.subject in Visitor(demo).get("/mailbox/").read().decode()

    asked = time.monotonic()
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert time.monotonic() - asked < 15
    assert "Traceback" not in demo.logs()


@pytest.mark.needs_sqlite
def test_a_killed_demo_delivers_everything_after_its_restart(machine, waiting):
    addresses = waiting(400)
    demo = machine()
    first = demo.serve()
    until("some mail has left", lambda: MailboxMessage.objects.count() >= 20)
    demo.kill(first)
    left = OutgoingMail.objects.unsent().count()
    assert left, "The demo was faster than its killer; queue more mail."
    time.sleep(LEASE_SECONDS)

    demo.serve()
    until("all mail has left", all_sent, seconds=40)

    assert Counter(MailboxMessage.objects.values_list("to_address", flat=True)) == Counter(addresses)


def test_a_killed_sender_loses_nothing_and_doubles_at_most_the_mail_in_its_hand(machine, waiting):
    addresses = waiting(150)
    kills = 3
    with smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        for number in range(kills):
            sender = station.script(DELIVER)
            until("some mail has left", lambda goal=20 * (number + 1): len(sink.accepted) >= goal)
            station.kill(sender)
        time.sleep(LEASE_SECONDS)
        assert station.script(DELIVER).wait(60) == 0, station.logs()
        received = Counter(sink.addressees())

    assert set(received) == set(addresses)
    assert sum(received.values()) - len(addresses) <= kills
    assert all_sent()


def test_two_senders_at_once_send_each_mail_once(machine, waiting):
    addresses = waiting(200)
    with smtp_sink(slowly) as sink:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        senders = [station.script(DELIVER) for _ in range(3)]
        assert [sender.wait(60) for sender in senders] == [0, 0, 0], station.logs()
        received = Counter(sink.addressees())
        assert sink.connections >= 2, "One sender did it all; the others did not compete."

    assert received == Counter(addresses)


def slowly(command: str, argument: str) -> str:
    """Some milliseconds for each message, so that there is something to interrupt."""
    if command == "message":
        time.sleep(0.005)
    return accept(command, argument)


def test_a_form_saves_while_the_broker_is_away(machine, ana):
    station = machine(CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    station.serve(WEB_CONCURRENCY="1")
    began = time.monotonic()

    answer = Visitor(station).post(CODE_PAGE, email=ana.email)

    assert answer.status == 200
    # A page that waited for the broker as kombu does by default would add 6 s to a busy machine's own time.
    assert time.monotonic() - began < 10
    assert [mail.to_address for mail in OutgoingMail.objects.unsent()] == [ana.email]
    assert b"The broker does not answer" in Visitor(station).get("/readyz").read()


@pytest.mark.needs_redis
def test_a_worker_on_redis_is_woken_and_comes_back_after_losing_its_connection(machine, waiting, redis_url):
    import redis

    with smtp_sink() as sink, redis.Redis.from_url(redis_url) as broker:
        station = machine(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", CELERY_BROKER_URL=redis_url)
        station.start("celery", "-A", "leaderdev", "worker", "--pool", "solo", "--without-gossip")
        wake = "from leaderdev.common.mail.queue import wake_sender\nwake_sender()\n"
        waiting(5)
        assert station.script(wake).wait(20) == 0
        until("the first mails have left", lambda: len(sink.accepted) == 5)

        for connected in broker.client_list():
            if connected["db"] == redis_url.rsplit("/", 1)[1] and int(connected["id"]) != broker.client_id():
                broker.client_kill_filter(_id=connected["id"])
        waiting(10)
        assert station.script(wake).wait(20) == 0
        until("the next mails have left", lambda: len(sink.accepted) == 10)

    assert all_sent()
