"""What a kind of reminder is: who is due, whether it still applies, and what the mail says."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import get_language, override

from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import Anchor, Before, Timing, Window

# How far from now an anchor may lie and still have a reminder due now: the longest lead time that a cohort
# can set, and a long holiday that moves it. Bounds the search; the clock decides.
REACH = dt.timedelta(days=90)
# The longest lead time that a cohort can set, in days.
MOST_DAYS = 60

# Whoever was told of the same thing otherwise (a session was moved, a lead wrote) hears no more so soon.
HEARD_LATELY = dt.timedelta(days=2)


def heard_lately(kinds: Sequence[str], address: str, now: dt.datetime) -> Exists:
    """Whether a mail of these kinds, which tell what somebody did, went lately to the address at a path."""
    told = OutgoingMail.objects.told().filter(
        kind__in=kinds, created_at__gte=now - HEARD_LATELY, created_at__lte=now
    )
    return Exists(told.filter(to_address=OuterRef(address)))


@dataclass(frozen=True)
class Stage:
    """One of a kind's reminders: "week", "day". `days_of`: what the settings ask, if it has days."""

    name: str
    timing: Timing
    days_of: Any = ""

    def occasion(self, anchor: Anchor) -> str:
        """The same thing at the same time is the same occasion; moved, it is another."""
        if isinstance(anchor, dt.datetime):
            anchor = anchor.astimezone(dt.UTC).replace(microsecond=0)
        return f"{self.name}:{anchor.isoformat()}"


@dataclass(frozen=True)
class Fact:
    """One person and one thing that a reminder is about, as it is now. `columns`: what the kind asked for."""

    person: int
    subject: int
    year: int
    anchor: Anchor
    columns: dict[str, Any]


@dataclass(frozen=True)
class Placeholder:
    """A word in braces that a district may use in its own text, and an example of what stands there."""

    label: Any
    sample: str


@dataclass(frozen=True)
class Words:
    """What a kind says to one reader: the values of its placeholders, and where its one button leads."""

    values: dict[str, str]
    url: str


class Kind(ABC):
    """Subclasses fill in the attributes, `everyone` and `words`; three templates are in emails/<name>/."""

    name: str
    label: Any
    # The sentence that says why the reader gets it: "You get this mail because …".
    why: Any
    # The one button: what to do.
    button: Any
    # What it is for, in the settings of a cohort.
    about: Any
    stages: tuple[Stage, ...]
    # The program needs people to get it: it cannot be stopped, and says so.
    required = False
    # Never gathered into a digest.
    alone = False
    # Between a trio and nobody else: program leads see that such mail goes out, not to whom or about what.
    private = False
    # Paths from the rows of `everyone`.
    person: str
    subject: str = "pk"
    anchor: str | Combinable = ""
    anchor_is_date = True
    year: str
    columns: tuple[str, ...] = ()
    placeholders: dict[str, Placeholder] = {}

    @abstractmethod
    def everyone(self, now: dt.datetime) -> QuerySet:
        """Everybody to whom it makes sense now, whatever the hour: for finding and for asking again."""

    @abstractmethod
    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words | None:
        """What the mail says; None when there is nothing to say after all. `extra` is what `extras` found."""

    def extras(self, facts: Sequence[Fact], book: Book) -> Any:
        """Look up, for a whole batch at once, what `words` needs beyond the columns."""
        return None

    def rows(self, now: dt.datetime) -> QuerySet:
        return self.named(self.everyone(now), F(self.anchor) if isinstance(self.anchor, str) else self.anchor)

    def named(self, rows: QuerySet, anchor: Combinable) -> QuerySet:
        """Rows under common names: r_person, r_zone, r_delivery, r_subject, r_anchor, r_year."""
        return rows.order_by().annotate(
            r_person=F(self.person),
            r_zone=F(f"{self.person}__time_zone"),
            r_delivery=F(f"{self.person}__delivery"),
            r_subject=F(self.subject),
            r_anchor=anchor,
            r_year=F(self.year),
        )

    def in_time(self, rows: QuerySet, due: dt.datetime) -> QuerySet:
        """Of the rows of `rows` those for whom a mail that is due then is not too early; all, as a rule."""
        return rows

    def anchors(self, now: dt.datetime, horizon: dt.datetime) -> Iterable[tuple[int, Anchor]]:
        """(program year, anchor) of everything that may be due between now and the horizon."""
        first, last = self.reach(now, horizon)
        found = self.rows(now).filter(r_anchor__gte=first, r_anchor__lte=last)
        return found.values_list("r_year", "r_anchor").distinct()

    def reach(self, now: dt.datetime, horizon: dt.datetime) -> tuple[Anchor, Anchor]:
        ahead = any(isinstance(stage.timing, Before) for stage in self.stages)
        back = any(not isinstance(stage.timing, Before) for stage in self.stages)
        first = now - (REACH if back else dt.timedelta(days=2))
        last = horizon + (REACH if ahead else dt.timedelta(days=1))
        return (first.date(), last.date()) if self.anchor_is_date else (first, last)

    def facts(self, people: Iterable[int], subjects: Iterable[int], now: dt.datetime) -> list[Fact]:
        """What is true now of these people and subjects; who is not among them needs no reminder."""
        rows = self.rows(now).filter(r_person__in=set(people), r_subject__in=set(subjects))
        names = ("r_person", "r_subject", "r_year", "r_anchor", *self.columns)
        return [
            Fact(row[0], row[1], row[2], row[3], dict(zip(self.columns, row[4:], strict=True)))
            for row in rows.values_list(*names)
        ]

    def days(self, stage: Stage, year: YearFacts, book: Book) -> int:
        """The cohort's own lead time for a stage, else the usual one."""
        return book.days_of(year.cohort_id, self.name).get(stage.name, stage.timing.days)

    def window(self, stage: Stage, anchor: Anchor, zone: str, year: YearFacts, book: Book) -> Window:
        """When a stage is due. The nearer stage makes the farther one stale: nobody hears twice at once."""
        found = stage.timing.window(anchor, self.days(stage, year, book), zone, year.school)
        if not isinstance(stage.timing, Before):
            return found
        for other in self.stages:
            if isinstance(other.timing, Before) and self.days(other, year, book) < self.days(
                stage, year, book
            ):
                nearer = other.timing.window(anchor, self.days(other, year, book), zone, year.school)
                found = replace(found, until=min(found.until, nearer.due))
        return found

    def in_language(self, words: Any, language: str) -> str:
        """A lazy text in the reader's language."""
        if language == get_language():
            return str(words)
        with override(language):
            return str(words)
