"""The report of two waves as a file, for whoever has the server; the same that the page's files hold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leaderdev.common.refusals import RefusedError
from surveys.models import ReportOrder, Survey, Wave


class Command(BaseCommand):
    help = "Compute the report of two waves and write it to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--survey", required=True, metavar="SLUG", help="The survey's address part.")
        parser.add_argument("--pre", default="pre", metavar="SLUG", help="The wave before (default: pre).")
        parser.add_argument("--post", default="post", metavar="SLUG", help="The wave after (default: post).")
        parser.add_argument("--format", choices=ReportOrder.Format.values, default="json")
        parser.add_argument("--paper", choices=ReportOrder.Paper.values, default="letter")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Without it: standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        from surveys.services.reports import check_shown, file_of

        survey = Survey.objects.filter(slug=options["survey"]).first()
        if survey is None:
            raise CommandError(f"There is no survey “{options['survey']}”.")
        pre, post = (self._wave(survey, options[name]) for name in ("pre", "post"))
        try:
            check_shown(pre, post, timezone.now())
            content = file_of(pre, post, options["format"], paper=options["paper"])
        except (ValueError, RefusedError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["output"]:
            try:
                options["output"].write_bytes(content)
            except OSError as fault:
                raise CommandError(f"{options['output']} cannot be written: {fault.strerror}.") from fault
            self.stderr.write(f"{options['output']}: {len(content)} bytes.")
        elif options["format"] in ("json", "html"):
            self.stdout.write(content.decode())
        else:
            sys.stdout.buffer.write(content)

    def _wave(self, survey: Survey, slug: str) -> Wave:
        waves = survey.waves.select_related("survey__cohort__district").order_by("opens_at")
        wave = waves.filter(slug=slug).first() or waves.filter(kind=slug).first()
        if wave is None:
            known = ", ".join(each.slug for each in waves) or "none"
            raise CommandError(f"The survey has no wave “{slug}”; it has {known}.")
        return wave
