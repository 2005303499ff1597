"""Is this process fit to serve, and does the background work run? Answers without a secret in them."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import TypedDict

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Min
from kombu.exceptions import OperationalError

from leaderdev.common.models import ClockTick, OutgoingMail

logger = logging.getLogger("leaderdev.health")

# Without these no page works; the other parts make work late and are named for the monitor.
NEEDED_TO_SERVE = ("database", "cache")
CLOCK = "sweep"
# The clock comes by every minute; three missed visits are no accident.
CLOCK_LATE = timedelta(minutes=3)
# Mail leaves within seconds; ten minutes cover a mail server's greylisting.
MAIL_LATE = timedelta(minutes=10)


class Part(TypedDict):
    ok: bool
    detail: str


def tick(*, now: datetime) -> None:
    ClockTick.objects.update_or_create(name=CLOCK, defaults={"ticked_at": now})


def readiness(*, now: datetime) -> dict[str, Part]:
    """Each part that serving needs, with a sentence; `clock`, `broker` and `mail` need the database first."""
    database = database_part()
    if not database["ok"]:
        return {"database": database}
    return {
        "database": database,
        "cache": cache_part(),
        "broker": broker_part(),
        "clock": clock_part(now=now),
        "mail": mail_part(now=now),
    }


def database_part() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return {"ok": False, "detail": "The database does not answer."}
    return {"ok": True, "detail": connection.vendor}


def cache_part() -> Part:
    key, value = f"health:{uuid.uuid4().hex}", "here"
    cache.set(key, value, timeout=30)
    same = cache.get(key) == value
    cache.delete(key)
    return {"ok": same, "detail": "" if same else "The cache does not keep what it is given."}


def broker_part() -> Part:
    """Can a task be handed over? Mail and reminders survive a broker that is away; they only come later."""
    if settings.EMBEDDED_WORKER:
        return {"ok": True, "detail": "inside this process"}
    # Here, because a process that shows pages needs nothing of Redis: the queue has a library of its own.
    from redis.exceptions import RedisError

    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2, errback=None)
    except (OperationalError, RedisError, OSError):
        return {"ok": False, "detail": "The broker does not answer; background work is late, not lost."}
    return {"ok": True, "detail": "reachable"}


def clock_part(*, now: datetime) -> Part:
    last = ClockTick.objects.filter(name=CLOCK).values_list("ticked_at", flat=True).first()
    if last is None:
        return {"ok": False, "detail": "The clock has never come by. Is a worker with a beat running?"}
    age = max(0, int((now - last).total_seconds()))
    late = now - last > CLOCK_LATE
    return {"ok": not late, "detail": f"The clock came by {age} seconds ago."}


def mail_part(*, now: datetime) -> Part:
    waiting = OutgoingMail.objects.unsent()
    oldest = waiting.filter(next_attempt_at__lte=now).aggregate(oldest=Min("next_attempt_at"))["oldest"]
    if oldest is None:
        return {"ok": True, "detail": "No mail is waiting."}
    age = int((now - oldest).total_seconds())
    return {"ok": now - oldest <= MAIL_LATE, "detail": f"The oldest waiting mail is {age} seconds late."}
