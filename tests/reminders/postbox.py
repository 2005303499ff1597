"""One round of some kinds at a frozen instant, and who got what."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.core import mail

from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.services.round import one_round

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def morning(day: dt.date) -> dt.datetime:
    """Half past seven in Edmonton, where the cast lives, between November and March."""
    return dt.datetime.combine(day, dt.time(14, 30), tzinfo=dt.UTC)


def sent(instant: dt.datetime, *kinds: str) -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    with time_machine.travel(instant, tick=False):
        one_round([by_name(kind) for kind in kinds])
    return list(mail.outbox)


def told(instant: dt.datetime, *kinds: str) -> list[tuple[str, str]]:
    """(first part of the address, path of the button) of each mail, in order."""
    found = []
    for message in sent(instant, *kinds):
        links = [line for line in message.body.splitlines() if line.startswith("http")]
        found.append((message.to[0].split("@")[0], "/" + links[0].split("/", 3)[3]))
    return sorted(found)
