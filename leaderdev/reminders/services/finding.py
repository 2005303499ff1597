"""Who is due: from each kind's one question to rows, however often it is asked.

The search is by what is true, not by what happened: a clock set back, a worker away for a day or an edit in
between change when a row is written, never whether. The unique key makes two finders harmless.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leaderdev.accounts.models import User
from leaderdev.reminders.book import Book
from leaderdev.reminders.clock import DIGEST_AFTER, Anchor, Window, next_morning
from leaderdev.reminders.kinds.base import Kind, Stage
from leaderdev.reminders.models import KindChoice, Reminder
from leaderdev.reminders.models.reminder import CHOICE, NO_LONGER_SO

# Rows in memory at once.
CHUNK = 2000
State = Reminder.State
Delivery = User.Delivery


@dataclass(frozen=True)
class Cell:
    """Things of one moment whose reminder of one stage is due in some zones: zone → window."""

    kind: Kind
    stage: Stage
    anchor: Anchor
    years: tuple[int, ...]
    windows: dict[str, Window]

    @property
    def occasion(self) -> str:
        return self.stage.occasion(self.anchor)


def find_due(*, now: dt.datetime, kinds: Sequence[Kind], book: Book | None = None) -> int:
    """Write a row for everybody who is due and has none; returns how many. Memory stays flat."""
    book = book or Book()
    return sum(
        _find_in(cell, now, book) for kind in kinds for cell in cells(kind, now=now, horizon=now, book=book)
    )


def cells(
    kind: Kind,
    *,
    now: dt.datetime,
    horizon: dt.datetime,
    book: Book,
    only: Container[int] | None = None,
) -> Iterator[Cell]:
    """What is due now (horizon = now), or falls due until the horizon; years of one calendar together.

    `only`: the program years that are asked about.
    """
    pairs = [pair for pair in kind.anchors(now, horizon) if pair[1] and (only is None or pair[0] in only)]
    years = book.years({year for year, _ in pairs})
    for stage in kind.stages:
        together: dict[Any, list[int]] = defaultdict(list)
        for year, anchor in pairs:
            if not book.is_on(years[year].cohort_id, kind.name):
                continue
            windows = _windows(kind, stage, anchor, year, now, horizon, book)
            if windows:
                together[(anchor, windows)].append(year)
        for (anchor, windows), keys in together.items():
            yield Cell(kind, stage, anchor, tuple(keys), dict(windows))


def _windows(
    kind: Kind, stage: Stage, anchor: Anchor, year: int, now: dt.datetime, horizon: dt.datetime, book: Book
) -> tuple[tuple[str, Window], ...]:
    facts = book.year(year)
    found = []
    for zone in book.zones:
        window = kind.window(stage, anchor, zone, facts, book)
        if window.due <= horizon and window.until > now:
            found.append((zone, window))
    return tuple(found)


def people_of(cell: Cell, now: dt.datetime) -> QuerySet:
    """Rows of everybody whom a cell concerns, with r_stopped: whether she has stopped the kind."""
    stopped = KindChoice.objects.filter(person_id=OuterRef("r_person"), kind=cell.kind.name, wanted=False)
    rows = cell.kind.rows(now).filter(
        r_year__in=cell.years, r_anchor=cell.anchor, r_zone__in=list(cell.windows)
    )
    rows = cell.kind.in_time(rows, max(window.due for window in cell.windows.values()))
    return rows.annotate(r_stopped=Exists(stopped))


def _find_in(cell: Cell, now: dt.datetime, book: Book) -> int:
    known = Reminder.objects.filter(
        kind=cell.kind.name,
        occasion=cell.occasion,
        person_id=OuterRef("r_person"),
        subject=OuterRef("r_subject"),
    )
    # What became obsolete may be needed again: a meeting that was moved and moved back.
    asleep = Reminder.objects.filter(
        kind=cell.kind.name, occasion=cell.occasion, state=State.OBSOLETE, reason=NO_LONGER_SO
    )
    wakes = asleep.exists()
    if wakes:
        known = known.exclude(state=State.OBSOLETE, reason=NO_LONGER_SO)
    rows = people_of(cell, now).filter(~Exists(known))
    rows = rows.order_by("r_person").values_list(
        "r_person", "r_subject", "r_year", "r_zone", "r_delivery", "r_stopped"
    )
    found, last = 0, 0
    while chunk := list(rows.filter(r_person__gte=last)[:CHUNK]):
        found += _write([_row(cell, row, now, book) for row in chunk], asleep if wakes else None)
        # A person may have several rows; those of the last one that were cut off come with the next chunk.
        last = chunk[-1][0]
        if len(chunk) < CHUNK:
            break
    return found


def _row(cell: Cell, row: tuple, now: dt.datetime, book: Book) -> Reminder:
    person, subject, year, zone, delivery, stopped = row
    window = settled(cell, book.year(year).school, zone, delivery)
    unwanted = not cell.kind.required and (stopped or delivery == Delivery.REQUIRED)
    return Reminder(
        kind=cell.kind.name,
        person_id=person,
        subject=subject,
        occasion=cell.occasion,
        program_year_id=year,
        thing_on=window.thing_on,
        due_at=window.due,
        until=window.until,
        next_attempt_at=window.due,
        created_at=now,
        state=State.CANCELLED if unwanted else State.DUE,
        reason=CHOICE if unwanted else "",
    )


def settled(cell: Cell, school: Any, zone: str, delivery: str) -> Window:
    """The window of a person: who wants one mail a day gets it a little after the morning's single ones."""
    window = cell.windows[zone]
    if delivery != Delivery.DAILY or cell.kind.alone:
        return window
    morning = next_morning(window.due, zone, school, window.thing_on) + DIGEST_AFTER
    # Whoever would hear too late in the next digest hears at once.
    return replace(window, due=morning) if morning < window.until else window


def _write(rows: list[Reminder], asleep: QuerySet | None) -> int:
    if asleep is not None:
        rows = _wake(rows, asleep)
    return len(Reminder.objects.bulk_create(rows, ignore_conflicts=True))


def _wake(rows: list[Reminder], asleep: QuerySet) -> list[Reminder]:
    """Make obsolete rows due again that are needed again; returns the rows that are new."""
    wanted = {(row.person_id, row.subject): row for row in rows}
    keys = asleep.filter(person__in={row.person_id for row in rows}).values_list("pk", "person_id", "subject")
    for pk, person, subject in list(keys):
        row = wanted.pop((person, subject), None)
        if row is not None:
            again = {"state": row.state, "next_attempt_at": row.next_attempt_at, "reason": row.reason}
            asleep.filter(pk=pk).update(**again, until=row.until, due_at=row.due_at, thing_on=row.thing_on)
    return list(wanted.values())
