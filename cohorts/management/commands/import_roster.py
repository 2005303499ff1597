"""Imports a roster from a file, as the pages do, for whoever runs the installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.models import District
from cohorts.roster import RosterPlan, RosterRefusedError
from cohorts.services import roster


class Command(BaseCommand):
    help = "Import a roster of leaders (CSV, XLSX or OneRoster 1.1/1.2 zip) into a district, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--district", required=True, help="The district's address part, such as willow-plains."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would change; store nothing.")
        parser.add_argument(
            "--deactivate-absent",
            action="store_true",
            help="Make everybody inactive whom the file does not name. Nothing is deleted.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(f"There is no district “{options['district']}”.")
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise CommandError(f"The file cannot be opened: {fault}") from fault
        try:
            upload = roster.start_import(by=None, district=district, file_name=path.name, data=data)
        except RosterRefusedError as refusal:
            raise CommandError(f"Nothing was stored. {refusal}") from refusal
        try:
            self._carry_out(upload, options)
        finally:
            # Whatever happens, the rows do not stay behind; an import that was made is left as it is.
            roster.cancel_import(by=None, roster_import=upload)

    def _carry_out(self, upload: Any, options: dict[str, Any]) -> None:
        plan = roster.plan_import(by=None, roster_import=upload)
        self._refuse_questions(plan)
        if plan.problems:
            raise CommandError("Nothing was stored.\n" + "\n".join(map(str, plan.problems)))
        for notice in plan.notices:
            self.stdout.write(notice.sentence())
        counts = ", ".join(f"{count} {kind}" for kind, count in plan.counts().items() if kind != "problems")
        self.stdout.write(f"{counts}.")
        if options["dry_run"]:
            self.stdout.write("Nothing was stored: this was a dry run.")
            return
        leaving = [absence.person.key for absence in plan.absent] if options["deactivate_absent"] else []
        done = roster.confirm_import(by=None, roster_import=upload, digest=plan.digest(), deactivate=leaving)
        upload.state = done.state
        self.stdout.write(f"Stored. {done.counts['deactivated']} made inactive.")

    def _refuse_questions(self, plan: RosterPlan) -> None:
        """The command cannot ask; what the pages were told once is remembered for the district."""
        if not plan.needs_answers:
            return
        found = plan.recognition
        open_questions = [
            *(f"column {index + 1} is not recognized" for index in found.undecided),
            *(f"several columns mean {name}" for name in found.doubled),
            *(f"no column means {name}" for name in found.missing),
            *(f"the role “{word}” is not known" for word in plan.role_words),
        ]
        raise CommandError(
            "Nothing was stored. Import such a file once in the browser, where it is asked what its "
            "columns and roles mean: " + "; ".join(open_questions) + "."
        )
