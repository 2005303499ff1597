"""A week of the mail that comes by itself, found and written by the engine as of each of its mornings."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from leaderdev.common.mail.queue import message_id
from leaderdev.common.models import MailboxMessage
from leaderdev.home.demo import program
from leaderdev.home.demo.world import World
from leaderdev.reminders.book import Book
from leaderdev.reminders.clock import DIGEST_AFTER, MORNING
from leaderdev.reminders.kinds import FOUND
from leaderdev.reminders.letters import Letter
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.sending import parcels_at

DAYS = 7


def week(world: World) -> None:
    """What the last seven days would have sent; marked as sent, so that the demo's clock sends it no more."""
    if Reminder.objects.exists():
        return
    now = timezone.now()
    for moment in mornings(now):
        book = Book()
        find_due(now=moment, kinds=FOUND, book=book)
        for rows, letter in parcels_at(moment, book):
            keep(letter, moment)
            keys = [row.pk for row in rows]
            sent = {"state": Reminder.State.SENT, "sent_at": moment, "attempts": 1}
            Reminder.objects.filter(pk__in=keys).update(**sent)


def mornings(now: dt.datetime) -> list[dt.datetime]:
    """A quarter of an hour after the morning of each of the last days, when the digests leave too."""
    zone = ZoneInfo(program.TIME_ZONE)
    today = now.astimezone(zone).date()
    days = (today - dt.timedelta(days=back) for back in range(DAYS, -1, -1))
    moments = (dt.datetime.combine(day, MORNING, zone) + DIGEST_AFTER for day in days)
    return [moment.astimezone(dt.UTC) for moment in moments if moment <= now]


def keep(letter: Letter, moment: dt.datetime) -> None:
    MailboxMessage.objects.get_or_create(
        message_id=message_id(letter.key),
        to_address=letter.to,
        defaults={
            "subject": letter.written.subject,
            "text": letter.written.text,
            "html": letter.written.html,
            "sent_at": moment,
        },
    )
