"""Rows to people: every cell is read, and whatever is wrong is named with its row and column. No Django."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cohorts.roster.cells import CellRefusedError, read_day, read_email, read_year, read_yes_no, refuse_long
from cohorts.roster.columns import LEAVE_OUT, Choices, Recognition, key, recognize
from cohorts.roster.problems import Notice, Problem
from cohorts.roster.roles import ROLE_WORDS, role_kind, role_kind_in_title
from cohorts.roster.schools import KnownSchool, SchoolBook
from cohorts.roster.table import Row, Table

EXAMPLE_EMAIL = "jordan.example@example.org"  # the template's example row; nobody can have this address


@dataclass(frozen=True)
class PersonRecord:
    """What one row says of one person. An empty value (None, "") means: leave it as it is.

    school: key of a KnownSchool. supervisor: an e-mail address. school_source_id: the school's id in the
    sending system, told by OneRoster alone.
    """

    line: int
    email: str
    name: str
    preferred_name: str = ""
    school: int | None = None
    role_kind: str = ""
    role_title: str = ""
    also_teaches: bool | None = None
    employee_number: str = ""
    source_id: str = ""
    starts_on: datetime.date | None = None
    supervisor: str = ""
    leads_since: int | None = None
    school_source_id: str = ""


@dataclass
class Reading:
    """people: the rows without problems of their own. problems: in the order of the rows."""

    recognition: Recognition
    people: list[PersonRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def label(self, table: Table, name: str) -> str:
        """The file's own heading for a field."""
        place = self.recognition.columns.get(name)
        return "" if place is None else table.headings[place]


def read_people(
    table: Table, choices: Choices, *, schools: Sequence[KnownSchool], today: datetime.date
) -> Reading:
    """Read every row. Nothing is raised: what is wrong with a row becomes problems of that row."""
    if table.coverage != "list":
        # A OneRoster zip says itself what its columns mean, whatever a spreadsheet's headings meant earlier.
        choices = replace(choices, columns={})
    reading = Reading(recognize(table.headings, choices), problems=list(table.problems))
    reader = _RowReader(table, choices, reading.recognition, SchoolBook(schools), today)
    left_out: Counter[str] = Counter()
    without_school = 0
    for row in table.rows:
        if reader.cell(row, "email").lower() == EXAMPLE_EMAIL:
            reading.notices.append(Notice("example_row", {"line": row.line}))
            continue
        role = reader.cell(row, "role_kind")
        if role and role_kind(role, choices) == LEAVE_OUT:
            left_out[role] += 1
            continue
        person, problems = reader.read(row)
        reading.problems.extend(problems)
        if person is not None:
            reading.people.append(person)
            without_school += person.school is None
    reading.problems.sort(key=lambda problem: problem.line)
    for role, count in sorted(left_out.items()):
        reading.notices.append(Notice("left_out", {"role": role, "count": count}))
    if without_school:
        reading.notices.append(Notice("no_school", {"count": without_school}))
    return reading


def unknown_role_words(table: Table, recognition: Recognition, choices: Choices) -> dict[str, int]:
    """Words in the role column that nobody has explained, with how many rows carry each."""
    place = recognition.columns.get("role_kind")
    if place is None:
        return {}
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for word in (row.cells[place] for row in table.rows):
        if word and not word.startswith("=") and role_kind(word, choices) is None:
            counts[spelled.setdefault(key(word), word)] += 1  # "Lead" and "LEAD" are one question
    return dict(counts.most_common())


class _RowReader:
    """Reads one row after another; holds what every row needs."""

    def __init__(
        self,
        table: Table,
        choices: Choices,
        recognition: Recognition,
        schools: SchoolBook,
        today: datetime.date,
    ):
        self.headings = table.headings
        self.choices = choices
        self.columns = recognition.columns
        self.schools = schools
        self.today = today
        self.problems: list[Problem] = []

    def cell(self, row: Row, name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else row.cells[place]

    def read(self, row: Row) -> tuple[PersonRecord | None, list[Problem]]:
        """The person, or None with the problems that stand in the way."""
        self.problems = []
        person = PersonRecord(
            line=row.line,
            email=self._of(row, "email", read_email) or "",
            name=self._name(row),
            preferred_name=self._text(row, "preferred_name"),
            school=self._school(row),
            role_kind=self._role(row),
            role_title=self._text(row, "role_title"),
            also_teaches=self._of(row, "also_teaches", read_yes_no),
            employee_number=self._text(row, "employee_number"),
            source_id=self._text(row, "source_id"),
            starts_on=self._of(
                row, "starts_on", lambda text: read_day(text, self.choices.date_order, self.today)
            ),
            supervisor=self._of(row, "supervisor", lambda t: read_email(t, "supervisor_malformed")) or "",
            leads_since=self._of(row, "leads_since", lambda text: read_year(text, self.today)),
            school_source_id=self._text(row, "school_source_id"),
        )
        if not self.cell(row, "email"):
            self._add(row, "email", "email_missing")
        return (None if self.problems else person), self.problems

    def _add(self, row: Row, name: str, kind: str, **params: object) -> None:
        place = self.columns.get(name)
        heading = "" if place is None else self.headings[place]
        self.problems.append(Problem(row.line, heading, kind, params))

    def _of(self, row: Row, name: str, read):
        """The cell as `read` understands it; None when it is empty or refused."""
        text = self._raw(row, name)
        if not text:
            return None
        try:
            return read(text)
        except CellRefusedError as refusal:
            self._add(row, name, refusal.kind, **refusal.params)
            return None

    def _text(self, row: Row, name: str) -> str:
        return self._of(row, name, lambda text: refuse_long(name, text)) or ""

    def _raw(self, row: Row, name: str) -> str:
        """The cell, or "" with a problem when it is a formula or a spreadsheet's error."""
        text = self.cell(row, name)
        # Our own download writes a formula as text, with an apostrophe before it.
        if text.lstrip("'").startswith("="):
            self._add(row, name, "formula")
            return ""
        if text.startswith("#") and text.rstrip("!?").upper() in _CELL_ERRORS:
            self._add(row, name, "cell_error", value=text)
            return ""
        return text

    def _name(self, row: Row) -> str:
        if "name" in self.columns:
            name = given_first(self._text(row, "name"))
            if not self.cell(row, "name"):
                self._add(row, "name", "name_missing")
            return name
        given, family = self._text(row, "given_name"), self._text(row, "family_name")
        has_given, has_family = self.cell(row, "given_name"), self.cell(row, "family_name")
        if not has_given and not has_family:
            self._add(row, "family_name", "name_missing")
        elif not (has_given and has_family):
            self._add(row, "family_name" if has_given else "given_name", "name_half")
        full = f"{given} {family}".strip()
        try:
            return refuse_long("name", full)
        except CellRefusedError as refusal:
            self._add(row, "family_name", refusal.kind, **refusal.params)
            return ""

    def _school(self, row: Row) -> int | None:
        told = {name: self._raw(row, name) for name in ("school_source_id", "school_code", "school")}
        try:
            return self.schools.find(**told)
        except CellRefusedError as refusal:
            column = "school" if told["school"] or not told["school_code"] else "school_code"
            self._add(row, column, refusal.kind, **refusal.params)
            return None

    def _role(self, row: Row) -> str:
        word = self._raw(row, "role_kind")
        if not word:
            title = self.cell(row, "role_title")
            return role_kind_in_title(title) if title else ""
        kind = role_kind(word, self.choices)
        if kind is None:
            known = ", ".join(kind.replace("_", " ") for kind in ROLE_WORDS)
            self._add(row, "role_kind", "role_unknown", value=word, known=known)
            return ""
        return kind


_CELL_ERRORS = {"#N/A", "#REF", "#NAME", "#VALUE", "#DIV/0", "#NULL", "#NUM", "#SPILL", "#CALC"}
_NOT_A_GIVEN_NAME = {"jr", "sr", "ii", "iii", "iv", "phd", "edd", "med", "ma", "ba", "bed"}


def given_first(name: str) -> str:
    """ "Roy, Ana" as "Ana Roy"; a name whose comma sets off a title ("Ana Roy, PhD") as it is."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or not given.strip() or key(given) in _NOT_A_GIVEN_NAME:
        return name
    return f"{given.strip()} {family.strip()}"
