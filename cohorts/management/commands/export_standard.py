"""Writes one of a district's standards to standard output."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.models import Standard
from cohorts.services.standards.files import FORMS, standard_file


class Command(BaseCommand):
    help = "Write a leadership standard as CASE 1.0, CASE 1.1, Moodle CSV or plain CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("standard", help="The standard's address part.")
        parser.add_argument("--district", required=True, help="The district's address part.")
        parser.add_argument("--form", choices=FORMS, default="case-1-1")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Standard.objects.filter(district__slug=options["district"], slug=options["standard"])
        standard = found.select_related("scale").first()
        if standard is None:
            raise CommandError(f"The district has no standard “{options['standard']}”.")
        self.stdout.write(standard_file(standard, options["form"]).text, ending="")
