"""What an import would change: who is new, changed, moved, unchanged, absent. No Django here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cohorts.roster.matching import KnownPerson, KnownPost, Roll
from cohorts.roster.people import PersonRecord
from cohorts.roster.problems import Notice, Problem
from cohorts.roster.table import Table


@dataclass(frozen=True)
class Detail:
    """One thing that changes. field: a name of PersonRecord, or "is_active". Days are datetime.date."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class PostStep:
    """What happens to the post. action: "start" (the open one ends on that day), or "amend" in place."""

    action: str
    post: KnownPost


@dataclass(frozen=True)
class Change:
    """One row against one person. kind: new, moved, changed or unchanged. person: key, None when new.

    supervisor: the address to report to from now on, None when the line stays.
    """

    kind: str
    record: PersonRecord
    person: int | None = None
    details: tuple[Detail, ...] = ()
    step: PostStep | None = None
    supervisor: str | None = None


@dataclass(frozen=True)
class Absence:
    """Somebody active on the roll whom the file does not name. suggested: the file itself says they left."""

    person: KnownPerson
    suggested: bool


@dataclass
class Difference:
    changes: list[Change] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]


def compare(
    people: Sequence[PersonRecord],
    matches: dict[int, KnownPerson],
    roll: Roll,
    table: Table,
    *,
    today: datetime.date,
    starts_on_heading: str = "",
) -> Difference:
    """Set the rows beside the roll. today: the day on which a move or a new post without a date starts."""
    found = Difference()
    # The file's addresses come first: an account may keep another one than its row says.
    addresses: dict[str, int | None] = {person.email: person.key for person in roll.people}
    for record in people:
        meant = matches.get(record.line)
        addresses[record.email] = meant.key if meant else None
    for record in people:
        person = matches.get(record.line)
        if person is None:
            found.changes.append(_newcomer(record, today))
            continue
        if record.email != person.email and not person.email_follows:
            params = {"person": person.name, "known": person.email, "value": record.email}
            found.notices.append(Notice("email_kept", {"line": record.line, **params}))
        step = _post_step(record, person, today)
        if isinstance(step, Problem):
            found.problems.append(replace(step, column=starts_on_heading))
        else:
            found.changes.append(_against(record, person, step, roll, addresses))
    found.absent = _absent(matches, roll, table)
    return found


def _newcomer(record: PersonRecord, today: datetime.date) -> Change:
    step = None
    if record.school is not None:
        post = KnownPost(
            school=record.school,
            role_kind=record.role_kind or "other",
            role_title=record.role_title,
            also_teaches=bool(record.also_teaches),
            starts_on=record.starts_on or today,
        )
        step = PostStep("start", post)
    return Change("new", record, step=step, supervisor=record.supervisor or None)


def _against(
    record: PersonRecord,
    person: KnownPerson,
    step: PostStep | None,
    roll: Roll,
    addresses: dict[str, int | None],
) -> Change:
    details = [*_person_details(record, person), *_post_details(person.post, step)]
    supervisor = None
    named = addresses.get(record.supervisor)
    if record.supervisor and (named is None or named != person.supervisor):
        above = roll.by_key.get(person.supervisor) if person.supervisor is not None else None
        supervisor = record.supervisor
        details.append(Detail("supervisor", above.email if above else "", supervisor))
    kind = "changed" if details else "unchanged"
    if person.post is not None and any(detail.field == "school" for detail in details):
        kind = "moved"
    return Change(kind, record, person.key, tuple(details), step, supervisor)


def _person_details(record: PersonRecord, person: KnownPerson) -> list[Detail]:
    wanted = {
        "source_id": record.source_id,
        "employee_number": record.employee_number,
        "leads_since": record.leads_since,
    }
    if person.name_follows:
        wanted["name"] = record.name
        if not person.preferred_name:  # what someone chose to be called is never overwritten
            wanted["preferred_name"] = record.preferred_name
    if person.email_follows:
        wanted["email"] = record.email
    details = [
        Detail(name, getattr(person, name), value)
        for name, value in wanted.items()
        if value and value != getattr(person, name)
    ]
    if not person.is_active:
        details.insert(0, Detail("is_active", False, True))
    return details


def _post_details(before: KnownPost | None, step: PostStep | None) -> list[Detail]:
    if step is None:
        return []
    names = ("school", "role_kind", "role_title", "also_teaches", "starts_on")
    pairs = [(name, getattr(before, name, None), getattr(step.post, name)) for name in names]
    # Somebody without a post gets no title and no teaching load: that is not worth a line.
    return [Detail(*pair) for pair in pairs if (pair[1] or None) != (pair[2] or None)]


def _post_step(record: PersonRecord, person: KnownPerson, today: datetime.date) -> PostStep | Problem | None:
    """What the row does to the person's post: nothing, a correction, a new one, or a contradiction of days.

    Another school or kind of role is another post. A title or a teaching load alone is corrected in place.
    """
    present = person.post
    school = record.school if record.school is not None else (present.school if present else None)
    if school is None:
        return None
    wished = KnownPost(
        school=school,
        role_kind=record.role_kind or (present.role_kind if present else "other"),
        role_title=record.role_title or (present.role_title if present else ""),
        also_teaches=bool(
            record.also_teaches
            if record.also_teaches is not None
            else present.also_teaches if present else False
        ),
        starts_on=record.starts_on or (present.starts_on if present else today),
    )  # fmt: skip
    if wished == present:
        return None
    if present is None:
        return _first_or_renewed(record, person, wished, today)
    if (wished.school, wished.role_kind) == (present.school, present.role_kind):
        return _not_before_the_last(PostStep("amend", wished), record, person)
    day = record.starts_on or today
    if day <= present.starts_on:
        params = {
            "person": person.name, "date": day.isoformat(), "began": present.starts_on.isoformat(),
        }  # fmt: skip
        return Problem(record.line, "", "move_date", params)
    title = record.role_title or (present.role_title if wished.role_kind == present.role_kind else "")
    return PostStep("start", replace(wished, role_title=title, starts_on=day))


def _first_or_renewed(
    record: PersonRecord, person: KnownPerson, wished: KnownPost, today: datetime.date
) -> PostStep | Problem:
    """Somebody without an open post starts one, after the last has ended."""
    if record.starts_on is None and person.last_ended is not None:
        wished = replace(wished, starts_on=max(today, person.last_ended))
    return _not_before_the_last(PostStep("start", wished), record, person)


def _not_before_the_last(step: PostStep, record: PersonRecord, person: KnownPerson) -> PostStep | Problem:
    if person.last_ended is not None and step.post.starts_on < person.last_ended:
        params = {"person": person.name, "ended": person.last_ended.isoformat()}
        return Problem(record.line, "", "start_overlap", params)
    return step


def _absent(matches: dict[int, KnownPerson], roll: Roll, table: Table) -> list[Absence]:
    """Whom the file does not name. A delta is silent about most people, so only its departures count."""
    present = {person.key for person in matches.values()}
    departed = set(table.departed)
    absent = []
    for person in roll.people:
        if not person.is_active or person.key in present:
            continue
        left = bool(person.source_id) and person.source_id in departed
        if left or table.coverage != "delta":
            absent.append(Absence(person, suggested=left or table.coverage == "bulk"))
    return sorted(absent, key=lambda absence: (absence.person.name, absence.person.key))
