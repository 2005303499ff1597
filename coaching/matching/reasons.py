"""Sentences about the groups, computed from who sits in them.

Nothing here reads `not_with`: a reason is the same whether or not somebody has such a wish, so that nobody
can learn of one. Wishes for a partner are counted for the group and told to the person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from coaching.matching.costs import minutes_between
from coaching.matching.words import SEATS, Person, Rules

NUMBERS = ("no", "one", "two", "three", "four")


def _placed(person: Person, rules: Rules) -> bool:
    return bool(rules.minutes) or None not in (person.lat, person.lng)


def _schools(members: Sequence[Person]) -> str | None:
    schools = [person.school for person in members]
    if not all(schools):
        return None
    count = len(set(schools))
    if count == len(members):
        return f"{NUMBERS[count].capitalize()} different schools."
    return f"{NUMBERS[count].capitalize()} {'school' if count == 1 else 'schools'} for {len(members)} people."


def group_reasons(members: Sequence[Person], rules: Rules, *, pinned: bool, total: int) -> tuple[str, ...]:
    """members: of one group. total: how many people chose this competency."""
    found = ["Kept as it was pinned."] if pinned else []
    found += [sentence for sentence in [_schools(members)] if sentence]
    if all(_placed(person, rules) for person in members) and len({person.school for person in members}) > 1:
        most = max(minutes_between(one, other, rules) for one, other in combinations(members, 2))
        found.append(f"At most {most} minutes apart." if most else "No way between the schools.")
    roles = {person.role for person in members if person.role}
    if len(roles) > 1:
        found.append("Roles: " + ", ".join(sorted(roles)) + ".")
    years = [person.experience for person in members if person.experience is not None]
    if len(years) == len(members) and round(max(years)) > round(min(years)):
        found.append(f"Between {min(years):.0f} and {max(years):.0f} years of leading.")
    met, asked = _wishes(members)
    if asked:
        found.append(f"{met} of {asked} wishes for a partner in this group are met.")
    if len(members) > SEATS and not pinned:
        found.append(f"Four seats, because {total} people do not divide into threes.")
    if len(members) == 2 and not pinned:
        found.append("Only two people chose this focus." if total == 2 else "A pair, as the rules allow.")
    return tuple(found) or ("They share the focus competency.",)


def _wishes(members: Sequence[Person]) -> tuple[int, int]:
    here = {person.id for person in members}
    wishes = [(person.id, other) for person in members for other in set(person.wishes) - {person.id}]
    return sum(other in here for _, other in wishes), len(wishes)


def person_reasons(person: Person, members: Sequence[Person], rules: Rules) -> tuple[str, ...]:
    """For this person's eyes: her own ways and wishes."""
    mates = [mate for mate in members if mate.id != person.id]
    found = []
    elsewhere = {mate.school for mate in mates if mate.school} - {person.school}
    if person.school and elsewhere:
        word = "school" if len(elsewhere) == 1 else "schools"
        found.append(f"You see {NUMBERS[len(elsewhere)]} other {word}.")
    if all(_placed(one, rules) for one in members) and elsewhere:
        most = max(minutes_between(person, mate, rules) for mate in mates)
        found.append(f"Your longest way is about {most} minutes.")
    wishes = set(person.wishes) - {person.id}
    if wishes:
        met = len(wishes & {mate.id for mate in mates})
        found.append(f"{met} of your {len(wishes)} wishes for a partner {'is' if met == 1 else 'are'} met.")
    return tuple(found) or ("You share the focus competency.",)


def unplaced_reason(total: int) -> str:
    """Why somebody has no group, with what can be done about it; total: people of this competency."""
    choices = "Join a related competency, ask somebody to change, or allow a pair."
    if total == 1:
        return f"Nobody else chose this focus. {choices}"
    if total == 2:
        return f"Only two people chose this focus, and a rule keeps them apart. {choices}"
    if total == 5:
        return f"Five people do not divide into threes and fours. {choices}"
    return f"The rules leave no place in a group of this focus. {choices}"


def small_note(competency: str, total: int) -> str | None:
    """A competency that one or two people chose is reported, not hidden."""
    choices = "join the nearest related competency, ask somebody to change"
    if total == 1:
        return f"{competency}: one person alone. Choices: {choices}."
    if total == 2:
        return f"{competency}: two people only. Choices: let them work as a pair, {choices}."
    return None
