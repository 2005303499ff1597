"""One round by hand or from cron: find who is due, send what is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from leaderdev.reminders.kinds import FOUND
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.round import one_round
from leaderdev.reminders.services.sending import Tally, rehearse


def instant(text: str) -> dt.datetime:
    """An instant such as 2027-01-13T14:30Z; without a zone it is meant in UTC."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"“{text}” is not an instant. Write it like 2027-01-13T14:30:00Z.")
    return found if timezone.is_aware(found) else found.replace(tzinfo=dt.UTC)


class Command(BaseCommand):
    help = "Does one round of reminders: finds who is due and sends what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would be sent; send nothing.")
        parser.add_argument("--at", type=str, help="Pretend that it is this instant (only with --dry-run).")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["at"] and not options["dry_run"]:
            raise CommandError("Mail is sent now or not at all: --at goes with --dry-run.")
        now = instant(options["at"]) if options["at"] else timezone.now()
        if options["dry_run"]:
            tally = self._rehearse(now)
            for letter in tally.letters:
                self.stdout.write(f"{letter.to}: {letter.written.subject}")
            self.stdout.write(f"Would send {len(tally.letters)}; {self._rest(tally)}.")
            return
        tally = one_round()
        self.stdout.write(f"Sent {tally.sent}; {self._rest(tally)}.")

    def _rehearse(self, now: dt.datetime) -> Tally:
        """Rows are found as in earnest and taken back: nothing of the rehearsal stays."""
        with transaction.atomic():
            find_due(now=now, kinds=FOUND)
            tally = rehearse(now=now)
            transaction.set_rollback(True)
        return tally

    def _rest(self, tally: Tally) -> str:
        return (
            f"{tally.obsolete} no longer needed, {tally.cancelled} not wanted, "
            f"{tally.delayed} wait, {tally.failed} failed"
        )
