"""What will go out: the same search as each minute's, with a later horizon, writing nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context, engines
from django.template.loader_tags import BlockNode

from cohorts.models import Cohort, ProgramYear
from leaderdev.common.mail.rendering import Written, plain
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import is_allowed
from leaderdev.reminders.kinds import FOUND, KINDS
from leaderdev.reminders.kinds.base import Fact, Kind, Stage, Words
from leaderdev.reminders.letters import write_one
from leaderdev.reminders.models import CohortMail, Reminder
from leaderdev.reminders.services.finding import Cell, cells, people_of, settled

State = Reminder.State
AHEAD = dt.timedelta(days=14)


@dataclass(frozen=True)
class Coming:
    """One mail of one moment to `people` persons. `sample`: (person, subject) of one, None if private."""

    kind: Kind
    stage: Stage
    occasion: str
    due: dt.datetime
    people: int
    sample: tuple[int, int] | None


def coming_for(cohort: Cohort, *, now: dt.datetime) -> list[Coming]:
    """What a cohort's people get in the next fourteen days as things stand today, the first one first."""
    book = Book()
    years = set(ProgramYear.objects.filter(cohort=cohort).values_list("pk", flat=True))
    found = [
        each
        for kind in KINDS
        for cell in cells(kind, now=now, horizon=now + AHEAD, book=book, only=years)
        for each in _of_cell(cell, now, book)
    ]
    return sorted(found, key=lambda each: (each.due, each.kind.name))


def _of_cell(cell: Cell, now: dt.datetime, book: Book) -> Iterator[Coming]:
    """The people of a cell who have not had it, by the moment in which it is due for them."""
    done = Reminder.objects.filter(kind=cell.kind.name, occasion=cell.occasion).exclude(state=State.OBSOLETE)
    had = set(done.values_list("person_id", "subject"))
    counts: Counter[dt.datetime] = Counter()
    samples: dict[dt.datetime, tuple[int, int]] = {}
    rows = people_of(cell, now).values_list(
        "r_person", "r_subject", "r_zone", "r_delivery", "r_stopped", "r_year"
    )
    # Whoever holds two roles in a cohort stands there twice and gets one mail.
    for person, subject, zone, delivery, stopped, year in rows.order_by("r_person").distinct():
        unwanted = not cell.kind.required and (stopped or delivery == "required")
        if unwanted or (person, subject) in had:
            continue
        due = max(settled(cell, book.year(year).school, zone, delivery).due, now)
        counts[due] += 1
        samples.setdefault(due, (person, subject))
    for due, people in counts.items():
        sample = None if cell.kind.private else samples[due]
        yield Coming(cell.kind, cell.stage, cell.occasion, due, people, sample)


def preview(
    *, kind: Kind, person: Any, subject: int, occasion: str, cohort: Cohort, now: dt.datetime
) -> Written | None:
    """The mail as the person will see it; None when it is private, or not of this cohort or not true now."""
    if kind.private:
        return None
    book = Book()
    facts = [
        fact
        for fact in kind.facts([person.pk], [subject], now)
        if any(stage.occasion(fact.anchor) == occasion for stage in kind.stages)
    ]
    facts = [fact for fact in facts if book.year(fact.year).cohort_id == cohort.pk]
    if not facts:
        return None
    words = kind.words(facts[0], person, book.year(facts[0].year), kind.extras(facts, book))
    if words is None:
        return None
    return write_one(kind, words, reader=person, year=book.year(facts[0].year), book=book)


def sample_of(*, kind: Kind, cohort: Cohort, reader: Any, text: Any = None) -> Written:
    """The mail with the examples of its placeholders, in the district's words, or in those of `text`."""
    book = Book()
    if text is not None:
        book.say(cohort.district_id, kind.name, text)
    values = {name: placeholder.sample for name, placeholder in kind.placeholders.items()}
    words = Words(values, cohort.get_absolute_url())
    return write_one(kind, words, reader=reader, year=book.of_cohort(cohort), book=book)


@dataclass(frozen=True)
class Explained:
    """One mail that somebody would get, or would not, and why."""

    kind: Kind
    fact: Fact
    due: dt.datetime
    until: dt.datetime
    verdict: str


def explain(*, person: Any, at: dt.datetime, kinds: Sequence[Kind] = FOUND) -> list[Explained]:
    """What a person would get at an instant, and what a day ahead; with the reason where she gets nothing."""
    book, found = Book(), []
    held = set(CohortMail.objects.values_list("cohort_id", flat=True))
    for kind in kinds:
        for cell in cells(kind, now=at, horizon=at + dt.timedelta(days=1), book=book):
            rows = people_of(cell, at).filter(r_person=person.pk)
            for subject, year, stopped in rows.values_list("r_subject", "r_year", "r_stopped"):
                facts = book.year(year)
                window = settled(cell, facts.school, person.time_zone, person.delivery)
                fact = Fact(person.pk, subject, year, cell.anchor, {})
                verdict = _verdict(cell, fact, person, bool(stopped), facts, window.due, at, held)
                found.append(Explained(kind, fact, window.due, window.until, verdict))
    return sorted(found, key=lambda each: each.due)


def _verdict(
    cell: Cell,
    fact: Fact,
    person: Any,
    stopped: bool,
    year: YearFacts,
    due: dt.datetime,
    at: dt.datetime,
    held: set[int],
) -> str:
    row = Reminder.objects.filter(
        kind=cell.kind.name, person=person, subject=fact.subject, occasion=cell.occasion
    ).first()
    if row is not None and row.state in (State.SENT, State.FAILED):
        return f"no: {row.get_state_display()} ({row.occasion})"
    if not cell.kind.required and stopped:
        return "no: the person has stopped this kind"
    if not cell.kind.required and person.delivery == "required":
        return "no: the person wants only what the program requires"
    if year.cohort_id in held:
        return "waits: the mail of this cohort is held"
    if due > at:
        return "not yet"
    if not is_allowed(at, person.time_zone, year.school, cell.windows[person.time_zone].thing_on):
        return "waits: it is night there, or a day without school"
    return "yes"


def default_text(kind: Kind) -> tuple[str, str]:
    """The program's own subject and text with its placeholders in braces, to begin editing from."""
    names = {name: f"{{{name}}}" for name in kind.placeholders}
    subject = plain(f"emails/{kind.name}/subject.txt", names)
    # What the frame adds (greeting, button, footer) stays outside: only the block between is edited.
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = engine.get_template(f"emails/{kind.name}/body.txt")
    (said,) = (block for block in template.nodelist.get_nodes_by_type(BlockNode) if block.name == "said")
    context = Context(names, autoescape=False)
    with context.bind_template(template):
        return " ".join(subject.split()), str(said.nodelist.render(context)).strip()
