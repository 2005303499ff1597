"""Does it still apply? The same question that found the row, asked again before it becomes a mail."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from leaderdev.reminders import kinds as registry
from leaderdev.reminders.book import Book
from leaderdev.reminders.kinds.base import Fact, Kind, Words
from leaderdev.reminders.models import KindChoice, Reminder


@dataclass
class Answer:
    """Rows by what becomes of them. `facts`: row → what is true and what its mail says, where it applies."""

    asked_at: dt.datetime
    applies: list[Reminder] = field(default_factory=list)
    obsolete: list[Reminder] = field(default_factory=list)
    late: list[Reminder] = field(default_factory=list)
    unwanted: list[Reminder] = field(default_factory=list)
    silent: list[Reminder] = field(default_factory=list)
    facts: dict[int, tuple[Fact, Words]] = field(default_factory=dict)


def ask_again(rows: Sequence[Reminder], *, now: dt.datetime, book: Book) -> Answer:
    """One query for each kind among the rows, whatever their number, and one for what people have stopped."""
    answer = Answer(asked_at=now)
    by_kind: dict[str, list[Reminder]] = defaultdict(list)
    for row in rows:
        if row.until <= now:
            answer.late.append(row)
        elif registry.find(row.kind) is None:
            # A kind that a later version knows no more.
            answer.obsolete.append(row)
        else:
            by_kind[row.kind].append(row)
    stopped = _stopped(rows)
    for name, some in by_kind.items():
        _ask(registry.by_name(name), some, stopped, answer, now, book)
    # A batch goes out in the order in which it fell due, whatever the kinds.
    order = {row.pk: position for position, row in enumerate(rows)}
    answer.applies.sort(key=lambda row: order[row.pk])
    return answer


def _stopped(rows: Sequence[Reminder]) -> set[tuple[int, str]]:
    people = {row.person_id for row in rows}
    if not people:
        return set()
    found = KindChoice.objects.filter(person__in=people, wanted=False)
    return set(found.values_list("person_id", "kind"))


def _ask(
    kind: Kind,
    rows: Sequence[Reminder],
    stopped: set[tuple[int, str]],
    answer: Answer,
    now: dt.datetime,
    book: Book,
) -> None:
    facts = kind.facts((row.person_id for row in rows), (row.subject for row in rows), now)
    known = {
        (fact.person, fact.subject, stage.occasion(fact.anchor)): fact
        for fact in facts
        for stage in kind.stages
    }
    book.years({fact.year for fact in facts})
    wanted: list[tuple[Reminder, Fact]] = []
    for row in rows:
        # The same thing at the same time: what was moved is another occasion.
        fact = known.get((row.person_id, row.subject, row.occasion))
        if fact is None or not book.is_on(book.year(fact.year).cohort_id, kind.name):
            answer.obsolete.append(row)
        elif not kind.required and (
            (row.person_id, kind.name) in stopped or row.person.delivery == "required"
        ):
            answer.unwanted.append(row)
        else:
            wanted.append((row, fact))
    extra = kind.extras([fact for _, fact in wanted], book) if wanted else None
    for row, fact in wanted:
        words = kind.words(fact, row.person, book.year(fact.year), extra)
        if words is None:
            answer.silent.append(row)
        else:
            answer.applies.append(row)
            answer.facts[row.pk] = (fact, words)
