"""The set-up checklist as thinking: plain facts in, sentences out. Knows no model and no query."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DayRun = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class YearFacts:
    """Counts are of current members; days are the district's dates; a run of days includes both ends."""

    starts_on: datetime.date
    ends_on: datetime.date
    selection_opens_on: datetime.date | None = None
    selection_closes_on: datetime.date | None = None
    available: int = 0
    offered: int = 0
    foreign_offered: int = 0
    participants: int = 0
    leads: int = 0
    without_school: int = 0
    without_supervisor: int = 0
    not_invited: int = 0
    schools_without_place: int = 0
    norms: int = 0
    calendar: DayRun | None = None
    no_school: Sequence[DayRun] = field(default_factory=tuple)
    session_days: Sequence[datetime.date] = field(default_factory=tuple)
    other_open_year: str = ""


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `blocks` says that the year cannot open while it is not done."""

    key: str
    is_done: bool
    blocks: bool
    sentence: str


def items(facts: YearFacts) -> list[Item]:
    """Every line in the order in which a year is set up; a line that does not apply is left out."""
    return [
        *_people(facts),
        _offered(facts),
        _window(facts),
        *_calendar(facts),
        *_sessions(facts),
        *_nice_to_have(facts),
        *_other_year(facts),
    ]


def _people(facts: YearFacts) -> Iterable[Item]:
    n = facts.participants
    yield Item(
        "participants",
        n > 0,
        True,
        ngettext("%(n)d person takes part.", "%(n)d people take part.", n) % {"n": n}
        if n
        else _("Nobody takes part yet."),
    )
    if n:
        yield _school(facts)
    leads = facts.leads
    yield Item(
        "lead",
        leads > 0,
        True,
        ngettext("%(n)d program lead is named.", "%(n)d program leads are named.", leads) % {"n": leads}
        if leads
        else _("Nobody is program lead yet."),
    )


def _school(facts: YearFacts) -> Item:
    n = facts.without_school
    sentence = ngettext("%(n)d participant has no school.", "%(n)d participants have no school.", n) % {
        "n": n
    }
    return Item("school", n == 0, True, sentence if n else _("Every participant has a school."))


def _offered(facts: YearFacts) -> Item:
    if facts.foreign_offered:
        sentence = ngettext(
            "%(n)d offered competency belongs to another standard.",
            "%(n)d offered competencies belong to another standard.",
            facts.foreign_offered,
        ) % {"n": facts.foreign_offered}
        return Item("offered", False, True, sentence)
    if not facts.available:
        return Item("offered", False, True, _("The standard has no competency that can be a focus."))
    if not facts.offered:
        return Item("offered", False, True, _("No competency is offered yet."))
    sentence = ngettext(
        "%(offered)d of %(available)d competency is offered.",
        "%(offered)d of %(available)d competencies are offered.",
        facts.available,
    ) % {"offered": facts.offered, "available": facts.available}
    return Item("offered", True, True, sentence)


def _window(facts: YearFacts) -> Item:
    opens, closes = facts.selection_opens_on, facts.selection_closes_on
    if opens is None or closes is None:
        return Item("window", False, True, _("The days of choosing a focus are not set yet."))
    if opens < facts.starts_on or closes > facts.ends_on:
        return Item("window", False, True, _("The days of choosing a focus lie outside the year."))
    return Item("window", True, True, _("The days of choosing a focus lie inside the year."))


def _calendar(facts: YearFacts) -> Iterable[Item]:
    if facts.calendar is None:
        sentence = _("No school-year calendar is chosen, so days without school are not known.")
        yield Item("calendar", False, False, sentence)
        return
    first, last = facts.calendar
    if first > facts.starts_on or last < facts.ends_on:
        yield Item("calendar", False, False, _("The calendar does not cover the whole program year."))
    elif not facts.no_school:
        yield Item("calendar", False, False, _("The calendar has no days without school yet."))
    else:
        yield Item("calendar", True, False, _("The calendar knows the days without school."))


def _sessions(facts: YearFacts) -> Iterable[Item]:
    n = len(facts.session_days)
    if not n:
        yield Item("sessions", False, False, _("No learning session is planned yet."))
        return
    outside = sum(not facts.starts_on <= day <= facts.ends_on for day in facts.session_days)
    closed = sum(_without_school(day, facts.no_school) for day in facts.session_days)
    if outside:
        sentence = ngettext(
            "%(n)d learning session lies outside the year.",
            "%(n)d learning sessions lie outside the year.",
            outside,
        ) % {"n": outside}
        yield Item("sessions", False, False, sentence)
    if closed:
        sentence = ngettext(
            "%(n)d learning session falls on a day without school.",
            "%(n)d learning sessions fall on a day without school.",
            closed,
        ) % {"n": closed}
        yield Item("session_days", False, False, sentence)
    if not outside and not closed:
        sentence = ngettext("%(n)d learning session is planned.", "%(n)d learning sessions are planned.", n)
        yield Item("sessions", True, False, sentence % {"n": n})


def _without_school(day: datetime.date, runs: Sequence[DayRun]) -> bool:
    """Weekends count: a session on a Saturday is nearly always a slip of the date."""
    return day.weekday() >= 5 or any(first <= day <= last for first, last in runs)


def _nice_to_have(facts: YearFacts) -> Iterable[Item]:
    n = facts.not_invited
    if facts.participants:
        sentence = ngettext(
            "%(n)d member has not been invited yet.", "%(n)d members have not been invited yet.", n
        ) % {"n": n}
        yield Item("invited", n == 0, False, sentence if n else _("Every member has been invited."))
        yield _supervisors(facts)
        yield _places(facts)
    sentence = ngettext("%(n)d norm is written down.", "%(n)d norms are written down.", facts.norms)
    yield Item(
        "norms",
        facts.norms > 0,
        False,
        sentence % {"n": facts.norms}
        if facts.norms
        else _("No norms are written down yet. The opening session is a good moment."),
    )


def _supervisors(facts: YearFacts) -> Item:
    n = facts.without_supervisor
    sentence = ngettext(
        "%(n)d participant has no supervisor named: trios cannot keep the two apart.",
        "%(n)d participants have no supervisor named: trios cannot keep them apart.",
        n,
    ) % {"n": n}
    return Item("supervisor", n == 0, False, sentence if n else _("Every participant’s supervisor is named."))


def _places(facts: YearFacts) -> Item:
    n = facts.schools_without_place
    sentence = ngettext(
        "%(n)d school has no coordinates: trios cannot weigh driving time.",
        "%(n)d schools have no coordinates: trios cannot weigh driving time.",
        n,
    ) % {"n": n}
    return Item("places", n == 0, False, sentence if n else _("Every participant’s school is on the map."))


def _other_year(facts: YearFacts) -> Iterable[Item]:
    """Two open years of one cohort would give every page two answers to “this year”."""
    if facts.other_open_year:
        sentence = _("The program year %(label)s of this cohort is still open. Close it first.")
        yield Item("other_year", False, True, sentence % {"label": facts.other_open_year})
