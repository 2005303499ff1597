"""manage.py import_responses --survey SLUG --wave pre|post FILE.csv: a past survey, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leaderdev.common.refusals import RefusedError
from surveys.keys import KeyMissingError
from surveys.models import Wave
from surveys.services.importing import MOST_PROBLEMS, Reading, import_responses, read_file


class Command(BaseCommand):
    help = (
        "Imports a past survey. FILE has the columns participant, item, value, or participant and "
        "one column an item. Nothing is stored where a row has a problem."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--survey", required=True, help="the address part of the survey")
        parser.add_argument("--wave", required=True, help="the address part of the wave, such as pre or post")
        parser.add_argument("--preview", action="store_true", help="say what is in the file, store nothing")
        parser.add_argument(
            "--consent",
            action="store_true",
            help="the people agreed to research then; without it no researcher sees these answers",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Wave.objects.select_related("survey__cohort__district", "program_year")
        wave = rows.filter(survey__slug=options["survey"], slug=options["wave"]).first()
        if wave is None:
            raise CommandError("There is no such wave. Its address shows the survey’s and the wave’s part.")
        if not options["file"].is_file():
            raise CommandError("There is no such file.")
        if wave.survey.sealed:
            raise CommandError("This survey is sealed and takes no more responses.")
        if options["preview"]:
            self._tell(read_file(options["file"], wave))
            self.stdout.write("Nothing was stored: this was a preview.")
            return
        try:
            reading = import_responses(by=None, wave=wave, path=options["file"], consent=options["consent"])
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        except KeyMissingError:
            raise CommandError("The key file of this survey cannot be read (SURVEY_KEYS_DIR).") from None
        self._tell(reading)
        if reading.problem_count:
            raise CommandError("Nothing was stored. Mend the rows above and import again.")
        self.stdout.write(f"{reading.stored} responses were stored.")

    def _tell(self, reading: Reading) -> None:
        for sentence in reading.problems:
            self.stdout.write(sentence)
        if reading.problem_count > MOST_PROBLEMS:
            self.stdout.write(f"… and {reading.problem_count - MOST_PROBLEMS} more problems.")
        for sentence in reading.duplicates:
            self.stdout.write(f"Left out. {sentence}")
        if reading.unknown_columns:
            self.stdout.write("Columns that name no item: " + ", ".join(reading.unknown_columns))
        self.stdout.write(f"{reading.people} participants with {reading.answers} answers.")
