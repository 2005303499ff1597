"""Does a frozen bundle compute to the same numbers today? No database is opened."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Check a frozen bundle's sums, compute its report again from its data, and compare every figure."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        from surveys.analysis.bundle import rerun_bundle

        try:
            found = rerun_bundle(options["file"].read_bytes())
        except OSError as fault:
            raise CommandError(f"The file cannot be read: {fault.strerror}.") from fault
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in found.versions:
            self.stdout.write(f"Another version: {line}.")
        if not found.same:
            raise CommandError("The figures differ:\n" + "\n".join(found.differences))
        self.stdout.write(f"The same: {found.figures} figures and words, every file as the manifest has it.")
