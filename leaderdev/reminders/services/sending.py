"""From due rows to mails: claim, ask once more, write, send over one kept-open connection, record each.

The text is written from what is true at this moment. Killed between the server's acceptance and the record, a
sender leaves one mail that goes out a second time, with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from leaderdev.reminders import kinds as registry
from leaderdev.reminders.book import Book
from leaderdev.reminders.clock import is_allowed, next_allowed
from leaderdev.reminders.letters import Letter, as_message, letters_of
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.models.reminder import CHOICE, NO_LONGER_SO, NOTHING_TO_SAY, TOO_LATE
from leaderdev.reminders.services import claiming
from leaderdev.reminders.services.applying import Answer, ask_again

logger = logging.getLogger("leaderdev.reminders")

State = Reminder.State
# Seconds after which a task stops claiming; its time limit is 240.
TURN = 180.0
# An answer to "does it still apply?" is believed this long; behind a slow server it is asked again.
FRESH = dt.timedelta(seconds=20)


@dataclass
class Tally:
    """How many rows ended how, in one round."""

    sent: int = 0
    obsolete: int = 0
    cancelled: int = 0
    delayed: int = 0
    failed: int = 0
    # Only in a rehearsal: what would have gone out.
    letters: list[Letter] = field(default_factory=list)


def deliver_due() -> Tally:
    """Send what is due, batch after batch, until nothing is left or the turn is over."""
    tally = Tally()
    mail_server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        for now in claiming.turns(TURN):
            batch = claiming.claim(now=now)
            if not batch:
                break
            # Settings are read again for each batch: a cohort that was just switched off sends nothing more.
            deliver_batch(batch, mail_server=mail_server, tally=tally, book=Book())
    finally:
        mail_server.close()
    return tally


def deliver_batch(
    batch: Sequence[Reminder], *, mail_server: BaseEmailBackend, tally: Tally, book: Book
) -> None:
    """Settle what needs no mail, send the rest."""
    now = timezone.now()
    answer = ask_again(in_the_day(batch, now, tally, book), now=now, book=book)
    drop(answer, tally)
    for rows in parcels(answer):
        now = timezone.now()
        if now - answer.asked_at > FRESH:
            again = ask_again(rows, now=now, book=Book())
            drop(again, tally)
            rows = [row for row in rows if row.pk in again.facts]
            answer.facts.update(again.facts)
        if rows and claiming.still_ours(rows, now):
            send(rows, answer, mail_server=mail_server, tally=tally, book=book)


def in_the_day(batch: Sequence[Reminder], now: dt.datetime, tally: Tally, book: Book) -> list[Reminder]:
    """Rows whose person may be written to now; the others wait for morning. Late is better than at night."""
    years = book.years({row.program_year_id for row in batch})
    fit = []
    for row in batch:
        school = years[row.program_year_id].school
        if is_allowed(now, row.person.time_zone, school, row.thing_on):
            fit.append(row)
        else:
            claiming.postpone(row, next_allowed(now, row.person.time_zone, school, row.thing_on))
            tally.delayed += 1
    return fit


def drop(answer: Answer, tally: Tally) -> None:
    tally.obsolete += claiming.settle(answer.obsolete, State.OBSOLETE, reason=NO_LONGER_SO)
    tally.obsolete += claiming.settle(answer.late, State.OBSOLETE, reason=TOO_LATE)
    tally.cancelled += claiming.settle(answer.unwanted, State.CANCELLED, reason=CHOICE)
    tally.cancelled += claiming.settle(answer.silent, State.CANCELLED, reason=NOTHING_TO_SAY)


def parcels(answer: Answer) -> list[list[Reminder]]:
    """One mail each: a row by itself, or all of a person who wants one digest a day."""
    single, digests = [], defaultdict(list)
    for row in answer.applies:
        if row.person.delivery == "daily" and not registry.by_name(row.kind).alone:
            digests[row.person_id].append(row)
        else:
            single.append([row])
    return [*single, *digests.values()]


def send(
    rows: list[Reminder], answer: Answer, *, mail_server: BaseEmailBackend, tally: Tally, book: Book
) -> None:
    letter = letters_of(rows, answer.facts, book)
    try:
        # Does nothing while the conversation of the last message is still open.
        mail_server.open()
        mail_server.send_messages([as_message(letter)])
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; a bad header is a ValueError
        # After an error the state of the conversation is unknown; the next message opens a new one.
        mail_server.close()
        state = claiming.record_failure(rows, error, now=timezone.now())
        failed = state == State.FAILED
        tally.failed += len(rows) if failed else 0
        tally.delayed += 0 if failed else len(rows)
        told = {"kind": rows[0].kind, "reminder": rows[0].pk}
        logger.log(logging.ERROR if failed else logging.WARNING, "Reminder not delivered.", extra=told)
        return
    claiming.record_sent(rows, now=timezone.now())
    tally.sent += len(rows)


def rehearse(*, now: dt.datetime) -> Tally:
    """What a round at `now` would send, without claiming, sending or writing anything."""
    tally = Tally()
    tally.letters = [letter for _rows, letter in parcels_at(now, Book(), tally)]
    tally.sent = len(tally.letters)
    return tally


def parcels_at(
    now: dt.datetime, book: Book, tally: Tally | None = None
) -> list[tuple[list[Reminder], Letter]]:
    """The mails of an instant, each with its rows; nothing is written."""
    tally = tally or Tally()
    due = Reminder.objects.claimable_at(now).not_held().select_related("person")
    rows = list(due.order_by("next_attempt_at", "pk"))
    years = book.years({row.program_year_id for row in rows})
    fit = [
        row
        for row in rows
        if is_allowed(now, row.person.time_zone, years[row.program_year_id].school, row.thing_on)
    ]
    answer = ask_again(fit, now=now, book=book)
    tally.delayed += len(rows) - len(fit)
    tally.obsolete += len(answer.obsolete) + len(answer.late)
    tally.cancelled += len(answer.unwanted) + len(answer.silent)
    return [(parcel, letters_of(parcel, answer.facts, book)) for parcel in parcels(answer)]
