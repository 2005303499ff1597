"""Prints how far the growth plans of a cohort have come: the counts of the leads' page and nothing more."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.models import Cohort, ProgramYear
from growthplans.services.progress import as_data, progress_of

_COLUMNS = ("planned", "done", "on_schedule", "delayed", "dropped", "share_done_or_on_schedule")


class Command(BaseCommand):
    help = "Count a cohort's growth plans and their steps. Groups too small to show stay empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cohort", required=True, help="The cohort's address part.")
        parser.add_argument("--year", help="The program year's label; else the open one, else the latest.")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        data = as_data(progress_of(_year(options["cohort"], options["year"])))
        if options["format"] == "json":
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{data['cohort']}, {data['year']}")
        self.stdout.write("\t".join(["", *_COLUMNS]))
        for name, row in [
            ("overall", data["overall"]),
            *((r["competency"], r) for r in data["by_competency"]),
        ]:
            shown = ["–" if row[key] is None else str(row[key]) for key in _COLUMNS]
            self.stdout.write("\t".join([name, *shown]))


def _year(slug: str, label: str | None) -> ProgramYear:
    cohort = Cohort.objects.filter(slug=slug).first()
    if cohort is None:
        raise CommandError(f"There is no cohort “{slug}”.")
    years = list(cohort.years.select_related("cohort").exclude(state=ProgramYear.State.DRAFT))
    if label is not None:
        years = [year for year in years if label in (year.label, year.slug)]
    # years come with the latest first; an open one goes before a closed one.
    years.sort(key=lambda year: not year.is_open)
    if not years:
        raise CommandError(f"The cohort “{slug}” has no such program year that has been open.")
    return years[0]
