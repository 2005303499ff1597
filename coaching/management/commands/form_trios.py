"""Forms trios and prints them; with --publish they are stored, published and told to their members."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coaching.matching import Person, RefusedError, Result, Rules, form_trios, people_from_csv
from coaching.participants import rules_of, waiting_people
from coaching.services.trio_proposal_publishing import publish_proposal
from coaching.services.trio_proposals import form_proposal, propose_trios
from cohorts.models import ProgramYear
from leaderdev.common.refusals import RefusedError as Refused


class Command(BaseCommand):
    help = (
        "Form trios from a CSV file or for a cohort's program year, and print them. "
        "Nothing is stored unless --publish is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-csv", type=Path, metavar="FILE", help="People, one a row.")
        parser.add_argument("--cohort", help="The cohort's address part.")
        parser.add_argument("--year", help="The program year's label, such as 2026–27, or its address part.")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Store the proposal of a program year, publish it and tell the members.",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--time-limit", type=float, default=60.0, metavar="S", help="Seconds.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["time_limit"] <= 0:
            raise CommandError("Give a time limit of more than 0 seconds.")
        given = {"seed": options["seed"], "time_limit": options["time_limit"]}
        try:
            people, rules = self._input(options, given)
            result = form_trios(people, rules)
        except RefusedError as refusal:
            raise CommandError("Nothing was formed.\n" + "\n".join(refusal.problems)) from refusal
        if result.contradiction:
            raise CommandError("These rules contradict each other:\n" + "\n".join(result.contradiction))
        if options["publish"]:
            self._publish(options, rules)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(result))

    def _input(self, options: dict[str, Any], given: dict[str, Any]) -> tuple[list[Person], Rules]:
        if options["from_csv"]:
            if options["cohort"] or options["year"]:
                raise CommandError("Give either --from-csv or --cohort with --year, not both.")
            try:
                return people_from_csv(options["from_csv"].read_text(encoding="utf-8-sig")), Rules(**given)
            except (OSError, UnicodeDecodeError) as fault:
                raise CommandError(f"The file cannot be read: {fault}") from fault
        year = self._year(options)
        return waiting_people(year), rules_of(year, **given)

    def _publish(self, options: dict[str, Any], rules: Rules) -> None:
        """The same people and rules give the same trios again, now as a stored proposal."""
        if options["from_csv"]:
            raise CommandError("Only the trios of a program year can be published, not those of a file.")
        try:
            proposal = propose_trios(
                by=None, year=self._year(options), rules=rules, include_without_school=True
            )
            form_proposal(pk=proposal.pk)
            proposal.refresh_from_db()
            publish_proposal(by=None, proposal=proposal)
        except Refused as refusal:
            raise CommandError("Nothing was published.\n" + "\n".join(refusal.sentences)) from refusal

    def _year(self, options: dict[str, Any]) -> ProgramYear:
        if not (options["cohort"] and options["year"]):
            raise CommandError("Give --from-csv FILE, or --cohort SLUG and --year LABEL.")
        years = ProgramYear.objects.filter(cohort__slug=options["cohort"])
        year = years.filter(label=options["year"]).first() or years.filter(slug=options["year"]).first()
        if year is None:
            raise CommandError(f"The cohort “{options['cohort']}” has no program year “{options['year']}”.")
        return year


def as_json(result: Result) -> dict[str, Any]:
    """The keys that scripts rely on; objective holds one value a priority, in their order."""
    return {
        "trios": [
            {"members": trio.members, "competency": trio.competency, "reasons": trio.reasons}
            for trio in result.trios
        ],
        "unplaced": [{"id": one.id, "reason": one.reason} for one in result.unplaced],
        "optimal": result.optimal,
        "gap": result.gap,
        "objective": result.objective,
        "priorities": [
            {"name": one.priority, "value": one.value, "bound": one.bound} for one in result.standings
        ],
        "unmet_wishes": result.unmet_wishes,
        "notes": result.notes,
        "seconds": round(result.seconds, 3),
    }


def as_text(result: Result) -> str:
    lines = [*result.notes, ""] if result.notes else []
    for number, trio in enumerate(result.trios, 1):
        lines += [f"{number}. {trio.competency}: {', '.join(trio.members)}", f"   {' '.join(trio.reasons)}"]
    lines += [f"{one.id}: {one.reason}" for one in result.unplaced]
    lines += ["", f"{result.verdict()} {result.seconds:.1f} seconds."]
    return "\n".join(lines)
