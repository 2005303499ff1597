"""The paired test of every item of a file; no database is opened."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.management.reading import text_of


class Command(BaseCommand):
    help = "Wilcoxon signed-rank tests of a CSV file with the columns participant, item, pre and post."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV; an empty cell is a missing answer.")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        from surveys.analysis.files import read_paired
        from surveys.analysis.paired import analyze, as_text

        try:
            analysis = analyze(read_paired(text_of(options["file"])))
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["format"] == "json":
            self.stdout.write(json.dumps(analysis.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(analysis))
