"""Which row means which person on the roll: source id, else employee number, else e-mail. No Django here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohorts.roster.people import PersonRecord
from cohorts.roster.problems import Problem


@dataclass(frozen=True)
class KnownPost:
    """The open post of a person on the roll. school: key of a KnownSchool."""

    school: int
    role_kind: str
    role_title: str
    also_teaches: bool
    starts_on: datetime.date


@dataclass(frozen=True)
class KnownPerson:
    """A person on the roll, as far as a roster can change them.

    supervisor: key of another KnownPerson. last_ended: the day on which the latest earlier post ended.
    name_follows, email_follows: whether a roster may change what the person signs in with.
    """

    key: int
    email: str
    name: str
    preferred_name: str = ""
    employee_number: str = ""
    source_id: str = ""
    is_active: bool = True
    leads_since: int | None = None
    post: KnownPost | None = None
    last_ended: datetime.date | None = None
    supervisor: int | None = None
    name_follows: bool = True
    email_follows: bool = True


class Roll:
    """The people of the district, looked up by whatever a row may know of them."""

    def __init__(self, people: Iterable[KnownPerson]):
        self.people = tuple(people)
        self.by_key = {person.key: person for person in self.people}
        self.by_source_id = {person.source_id: person for person in self.people if person.source_id}
        self.by_number = {person.employee_number: person for person in self.people if person.employee_number}
        self.by_email = {person.email: person for person in self.people}


@dataclass(frozen=True)
class Headings:
    """The file's own headings, for problems that are found after the rows were read."""

    email: str = ""
    employee_number: str = ""
    source_id: str = ""
    supervisor: str = ""
    starts_on: str = ""


def match(
    people: Sequence[PersonRecord], roll: Roll, headings: Headings
) -> tuple[dict[int, KnownPerson], list[Problem]]:
    """line -> person for the rows that mean somebody on the roll, and what contradicts itself."""
    problems = _repeated(people, headings)
    matches: dict[int, KnownPerson] = {}
    taken: dict[int, int] = {}
    for record in people:
        person, problem = _person_meant(record, roll, headings)
        problem = problem or _borrowed(record, person, roll, headings)
        if problem:
            problems.append(problem)
        elif person is not None:
            first = taken.setdefault(person.key, record.line)
            if first != record.line:
                params = {"other": first, "person": person.name}
                problems.append(Problem(record.line, "", "person_twice", params))
            matches[record.line] = person
    return matches, problems


def _repeated(people: Sequence[PersonRecord], headings: Headings) -> list[Problem]:
    problems = []
    for name, kind in (
        ("email", "email_twice"),
        ("employee_number", "number_twice"),
        ("source_id", "source_id_twice"),
    ):
        first: dict[str, int] = {}
        for record in people:
            value = getattr(record, name)
            if value and first.setdefault(value, record.line) != record.line:
                params = {"other": first[value]}
                problems.append(Problem(record.line, getattr(headings, name), kind, params))
    return problems


def _person_meant(
    record: PersonRecord, roll: Roll, headings: Headings
) -> tuple[KnownPerson | None, Problem | None]:
    """The strongest key that the row has decides; a weaker one that points elsewhere is a problem."""
    if record.source_id in roll.by_source_id:
        return roll.by_source_id[record.source_id], None
    person = roll.by_number.get(record.employee_number)
    if person is not None:
        if _contradicts(record.source_id, person.source_id):
            params = {"person": person.name, "known": person.source_id, "value": record.source_id}
            return None, Problem(record.line, headings.employee_number, "number_other_source_id", params)
        return person, None
    person = roll.by_email.get(record.email)
    if person is None:
        return None, None
    for told, known, kind in (
        (record.source_id, person.source_id, "email_other_source_id"),
        (record.employee_number, person.employee_number, "email_other_number"),
    ):
        if _contradicts(told, known):
            params = {"person": person.name, "known": known, "value": told}
            return None, Problem(record.line, headings.email, kind, params)
    return person, None


def _contradicts(told: str, known: str) -> bool:
    return bool(told and known and told != known)


def _borrowed(
    record: PersonRecord, person: KnownPerson | None, roll: Roll, headings: Headings
) -> Problem | None:
    """An e-mail or number that somebody else on the roll has."""
    if person is None:
        return None
    for value, holders, column, kind in (
        (record.email, roll.by_email, headings.email, "email_taken"),
        (record.employee_number, roll.by_number, headings.employee_number, "number_taken"),
    ):
        holder = holders.get(value)
        if holder is not None and holder.key != person.key:
            return Problem(record.line, column, kind, {"person": holder.name})
    return None
