"""Made-up districts for trying out trios, and the rules of a result stated a second time."""

from __future__ import annotations

import random
from collections import Counter

from coaching.matching import Person, Result, Rules

ROLES = ("principal", "assistant principal", "director")


def district(people: int, competencies: int, seed: int, *, rules: float = 0.1) -> list[Person]:
    """People spread evenly over competencies and at random over half as many schools.

    rules: share of people with a supervisor, a confidential wish, and a wish for a partner, each.
    """
    dice = random.Random(seed)
    schools = [
        (f"s{number}", round(53 + dice.random(), 4), round(-114 + 1.5 * dice.random(), 4))
        for number in range(max(3, people // 2))
    ]
    ids = [f"p{number:04}" for number in range(people)]

    def maybe() -> tuple[str, ...]:
        return (dice.choice(ids),) if dice.random() < rules else ()

    found = []
    for number, name in enumerate(ids):
        school, lat, lng = dice.choice(schools)
        found.append(
            Person(
                id=name,
                competency=f"c{number % competencies}",
                school=school,
                lat=lat,
                lng=lng,
                role=dice.choice(ROLES),
                experience=dice.randrange(20),
                supervisor="".join(maybe()),
                not_with=maybe(),
                wishes=maybe(),
            )
        )
    return found


def apart(one: Person, other: Person) -> bool:
    told = {one.supervisor, *one.not_with}
    return other.id in told or one.id in {other.supervisor, *other.not_with}


def broken(result: Result, people: list[Person], rules: Rules) -> list[str]:
    """Promises that a result breaks, in words; nothing if it keeps them all."""
    by_id = {person.id: person for person in people}
    seats = Counter(name for trio in result.trios for name in trio.members)
    seats.update(one.id for one in result.unplaced)
    found = [] if seats == Counter(list(by_id)) else [f"not everyone exactly once: {seats}"]
    for trio in result.trios:
        members = [by_id[name] for name in trio.members]
        if {person.competency for person in members} != {trio.competency}:
            found.append(f"another focus in {trio}")
        if any(apart(one, other) for one in members for other in members if one is not other):
            found.append(f"kept apart, yet together in {trio}")
        everyone = sum(person.competency == trio.competency for person in people)
        if len(members) not in (3, 4) and not (len(members) == 2 and (rules.pairs_allowed or everyone == 2)):
            found.append(f"a group of {len(members)}: {trio}")
        if not trio.reasons:
            found.append(f"no reasons for {trio}")
    found += [f"no reason for {one.id}" for one in result.unplaced if not one.reason]
    return found
