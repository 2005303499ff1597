"""What must be said about the input before anything is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from coaching.matching.words import MOST_SEATS, Person, Priority, RefusedError, Rules


def checked(people: Iterable[Person], rules: Rules) -> tuple[list[Person], list[str]]:
    """People in the order of their ids, and notes on what is left out of account; may raise RefusedError."""
    ordered = sorted(people, key=lambda person: person.id)
    problems = [
        f"The id {name} stands {count} times; every person needs an id of their own."
        for name, count in Counter(person.id for person in ordered).items()
        if count > 1
    ]
    known = {person.id for person in ordered}
    pins = rules.pins
    named = [*pins.trios, *pins.together, *pins.apart]
    strangers = sorted({name for group in named for name in group} - known)
    problems += [f"A pin names {name}, who is not among the participants." for name in strangers]
    problems += [
        f"A pinned group has two to four different people; this one has {len(set(group))}."
        for group in pins.trios
        if not 2 <= len(set(group)) <= MOST_SEATS
    ]
    if len(set(rules.priorities)) < len(rules.priorities):
        problems.append("A priority stands twice in the order.")
    if problems:
        raise RefusedError(problems)
    return ordered, _notes(ordered, rules)


def _notes(people: Sequence[Person], rules: Rules) -> list[str]:
    if not people:
        return ["There are no participants to form trios of."]
    notes = []
    if Priority.TRAVEL in rules.priorities and not rules.minutes:
        lost = sum(person.lat is None or person.lng is None for person in people)
        if lost == len(people):
            notes.append("Travel time is left out: no school has a place on the map.")
        elif lost:
            notes.append(f"Travel time is not known for {lost} people: their ways count nothing.")
    known = {person.id for person in people}
    gone = sum(len(set(person.wishes) - known) for person in people)
    if gone:
        notes.append(f"{gone} wishes for a partner name somebody who does not take part.")
    notes += [
        "These people supervise each other in a circle, which cannot be right; they are kept apart: "
        + ", ".join(circle)
        + "."
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
