"""Imports a leadership standard from a file, as the page does, for whoever runs the installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from cohorts.interchange import StandardRefused, read_standard
from cohorts.models import District
from cohorts.services.standards import import_standard, plan_import
from leaderdev.accounts.models import User


class Command(BaseCommand):
    help = "Import a leadership standard (CASE 1.0/1.1, Moodle CSV, plain CSV) into a district."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--district", required=True, help="The district's address part, such as willow-plains."
        )
        parser.add_argument("--by", help="E-mail of the person who imports; else the first operator.")
        parser.add_argument("--title", default="", help="For a table that does not name its standard.")
        parser.add_argument("--remove-absent", action="store_true", help="Remove statements the file lacks.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change; store nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(f"There is no district “{options['district']}”.")
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise CommandError(f"The file cannot be opened: {fault}") from fault
        wishes = {"district": district, "remove_absent": options["remove_absent"]}
        try:
            document = read_standard(data, filename=path.name, title=options["title"]).document
            plan = plan_import(document=document, **wishes)
            if plan.problems:
                raise StandardRefused(plan.problems)
            self._tell(plan)
            if not options["dry_run"]:
                standard = import_standard(by=self._person(options["by"]), document=document, **wishes)
                self.stdout.write(f"Stored: {standard}")
        except PermissionDenied as refusal:
            raise CommandError(
                "Nothing was stored: this person may not configure this district."
            ) from refusal
        except StandardRefused as refusal:
            raise CommandError("Nothing was stored.\n" + "\n".join(map(str, refusal.problems))) from refusal

    def _tell(self, plan: Any) -> None:
        self.stdout.write(
            f"{plan.document.title}: {len(plan.new)} new, {len(plan.changed)} changed, "
            f"{len(plan.unchanged)} unchanged, {len(plan.absent)} absent from the file."
        )
        if plan.as_new_version:
            self.stdout.write("Program years hold the present wording: the changes make a new version.")

    def _person(self, email: str | None) -> User:
        people = User.objects.filter(is_active=True)
        person = (
            people.filter(email=email.lower()).first() if email else people.filter(is_superuser=True).first()
        )
        if person is None:
            raise CommandError("Nobody to import as: give --by with the e-mail of somebody who may.")
        return person
