"""What must be said about the input before anything is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coaching.matching.sentences import Said, ngettext
from coaching.matching.sentences import gettext as _
from coaching.matching.words import MOST_SEATS, Person, Pins, Priority, RefusedError, Rules


def checked(people: Iterable[Person], rules: Rules) -> tuple[list[Person], list[Said]]:
    """People in the order of their ids, and notes on what is left out of account; may raise RefusedError."""
    ordered = sorted(people, key=lambda person: person.id)
    problems = [
        _(
            "The id %(name)s stands %(count)d times; every person needs an id of their own.",
            name=name,
            count=count,
        )
        for name, count in Counter(person.id for person in ordered).items()
        if count > 1
    ]
    known = {person.id for person in ordered}
    pins = rules.pins
    named = [*pins.trios, *pins.together, *pins.apart]
    strangers = sorted({name for group in named for name in group} - known)
    problems += [
        _("A pin names %(name)s, who is not among the participants.", name=name) for name in strangers
    ]
    problems += [
        _(
            "A pinned group has two to four different people; this one has %(people)d.",
            people=len(set(group)),
        )
        for group in pins.trios
        if not 2 <= len(set(group)) <= MOST_SEATS
    ]
    if len(set(rules.priorities)) < len(rules.priorities):
        problems.append(_("A priority stands twice in the order."))
    if problems:
        raise RefusedError(problems)
    return ordered, _notes(ordered, rules)


def _notes(people: Sequence[Person], rules: Rules) -> list[Said]:
    if not people:
        return [_("There are no participants to form trios of.")]
    notes = []
    if Priority.TRAVEL in rules.priorities and not rules.minutes:
        lost = sum(person.lat is None or person.lng is None for person in people)
        if lost == len(people):
            notes.append(_("Travel time is left out: no school has a place on the map."))
        elif lost:
            notes.append(
                ngettext(
                    "Travel time is not known for one person, whose ways count nothing.",
                    "Travel time is not known for %(number)d people: their ways count nothing.",
                    lost,
                )
            )
    known = {person.id for person in people}
    gone = sum(len(set(person.wishes) - known) for person in people)
    if gone:
        notes.append(
            ngettext(
                "One wish for a partner names somebody who does not take part.",
                "%(number)d wishes for a partner name somebody who does not take part.",
                gone,
            )
        )
    notes += [
        _(
            "These people supervise each other in a circle, which cannot be right; they are kept apart: "
            "%(names)s.",
            names=", ".join(circle),
        )
        for circle in supervision_circles(people)
    ]
    return notes


def supervision_circles(people: Sequence[Person]) -> list[list[str]]:
    """Labels of the people of each circle in the reporting line."""
    by_id = {person.id: person for person in people}
    seen: set[str] = set()
    circles = []
    for person in people:
        line: list[str] = []
        at = person.id
        while at in by_id and at not in seen:
            seen.add(at)
            line.append(at)
            at = by_id[at].supervisor
        if at in line:
            circles.append([by_id[name].label for name in line[line.index(at) :]])
    return circles


def without_strangers(rules: Rules, known: set[str]) -> Rules:
    """The rules without pins that name somebody who does not take part: a pin ends with the participation."""
    pins = rules.pins
    kept = Pins(
        trios=tuple(group for group in pins.trios if set(group) <= known),
        together=tuple(pair for pair in pins.together if set(pair) <= known),
        apart=tuple(pair for pair in pins.apart if set(pair) <= known),
    )
    return replace(rules, pins=kept)


def without_confidential(people: Iterable[Person], focus: set[str]) -> list[Person]:
    """The people, those of the named competencies without their confidential wishes."""
    return [replace(one, not_with=()) if one.competency in focus else one for one in people]
