"""Does a printed table of signed-rank tests agree with itself? No database is opened."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.management.reading import text_of


class Command(BaseCommand):
    help = (
        "Check a published table (CSV with item, negative, positive, ties, z, p) against itself: counts that "
        "do not "
        "add up, a p that does not follow from z, a z that no differences give."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--n", type=int, required=True, help="Pairs that the table says it has.")
        parser.add_argument(
            "--steps",
            type=int,
            default=3,
            help="Largest difference on the scale; 3 for four levels (default).",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        from surveys.analysis.files import read_printed
        from surveys.analysis.published import check_published_table

        try:
            rows = read_printed(text_of(options["file"]))
            checked = check_published_table(rows, options["n"], steps=options["steps"])
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["format"] == "json":
            listed = [{"item": each.item, "reason": each.reason} for each in checked.contradictions]
            self.stdout.write(json.dumps({"contradictions": listed}, ensure_ascii=False, indent=1))
            return
        lines = [f"Item {each.item}: {each.reason}" for each in checked.contradictions]
        whole = f"All {checked.rows} rows agree with themselves."
        good = whole if checked.rows > 1 else "The row agrees with itself."
        self.stdout.write("\n".join([*lines, *checked.notes]) or good)
