"""Why does somebody get a mail, or none?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leaderdev.accounts.models import User
from leaderdev.common.dates import moment_in_words
from leaderdev.reminders.management.commands.deliver_reminders import instant
from leaderdev.reminders.services.upcoming import explain


class Command(BaseCommand):
    help = "Says what a person would get at an instant and in the day after it, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, help="The e-mail address.")
        parser.add_argument("--at", help="An instant such as 2027-01-13T14:30:00Z; else now.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["person"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {options['person']}.")
        at = instant(options["at"]) if options["at"] else timezone.now()
        when = moment_in_words(at, person.time_zone)
        self.stdout.write(
            f"{person.name}, {when} in {person.time_zone}; mail: {person.get_delivery_display()}."
        )
        found = explain(person=person, at=at)
        for each in found:
            due = moment_in_words(each.due, person.time_zone)
            self.stdout.write(f"- {each.kind.label}: due {due}; {each.verdict}")
        if not found:
            self.stdout.write("Nothing is due then, nor in the day after it.")
