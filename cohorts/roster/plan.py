"""The whole of the thinking: a table and a roll in, what would happen out. No Django here."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from cohorts.roster.columns import Choices, Recognition
from cohorts.roster.difference import Absence, Change, compare
from cohorts.roster.matching import Headings, KnownPerson, Roll, match
from cohorts.roster.people import PersonRecord, read_people, unknown_role_words
from cohorts.roster.problems import Notice, Problem
from cohorts.roster.reporting_line import check_supervisors
from cohorts.roster.schools import KnownSchool
from cohorts.roster.table import Table

# A column with more different words than this is not a column of roles; asking about each would take longer
# than correcting the column. Past it, the words are problems of their rows.
MOST_ROLE_WORDS = 40


@dataclass
class RosterPlan:
    """What an import would do. It can be carried out only when `problems` is empty.

    role_words: words of the role column that still need an answer, with their number of rows.
    """

    recognition: Recognition
    role_words: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def asks_about_roles(self) -> bool:
        return 0 < len(self.role_words) <= MOST_ROLE_WORDS

    @property
    def needs_answers(self) -> bool:
        """Whether a column or a role still has to be explained before people can be compared."""
        return not self.recognition.is_settled or self.asks_about_roles

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    def counts(self) -> dict[str, int]:
        kinds = ("new", "changed", "moved", "unchanged")
        counts = {kind: len(self.of_kind(kind)) for kind in kinds}
        return {**counts, "absent": len(self.absent), "problems": len(self.problems)}

    def digest(self) -> str:
        """The same for the same effect: a confirmation holds for this and nothing else."""
        # repr of a dataclass names every value; walking 5,000 of them with asdict took four times as long.
        effect = [repr(change) for change in self.changes if change.kind != "unchanged"]
        effect += [f"{absence.person.key} {absence.suggested}" for absence in self.absent]
        effect += map(str, self.problems)
        return hashlib.sha256("\n".join(effect).encode()).hexdigest()


def make_plan(
    table: Table,
    choices: Choices,
    *,
    schools: Sequence[KnownSchool],
    people: Sequence[KnownPerson],
    today: datetime.date,
) -> RosterPlan:
    """Read, check and compare. Every problem that can be seen is in the answer, not only the first."""
    reading = read_people(table, choices, schools=schools, today=today)
    roll = Roll(people)
    headings = Headings(**{name: reading.label(table, name) for name in Headings.__dataclass_fields__})
    matches, mismatches = match(reading.people, roll, headings)
    doubtful = {problem.line for problem in mismatches}
    sound = [record for record in reading.people if record.line not in doubtful]
    found = compare(sound, matches, roll, table, today=today, starts_on_heading=headings.starts_on)
    problems = [*reading.problems, *mismatches, *found.problems]
    problems += _supervisor_problems(reading.people, matches, roll, headings, table, reading.recognition)
    problems.sort(key=lambda problem: problem.line)
    return RosterPlan(
        recognition=reading.recognition,
        role_words=unknown_role_words(table, reading.recognition, choices),
        changes=found.changes,
        absent=found.absent,
        problems=problems,
        notices=[*table.notices, *reading.notices, *found.notices],
    )


def _supervisor_problems(
    people: list[PersonRecord],
    matches: dict[int, KnownPerson],
    roll: Roll,
    headings: Headings,
    table: Table,
    recognition: Recognition,
) -> list[Problem]:
    """A supervisor whose own row has a problem is in the file all the same: no second complaint about it."""
    place = recognition.columns.get("email")
    in_file = set() if place is None else {row.cells[place].lower() for row in table.rows}
    return [
        problem
        for problem in check_supervisors(people, matches, roll, headings)
        if problem.kind != "supervisor_unknown" or problem.params["value"] not in in_file
    ]
