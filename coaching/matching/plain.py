"""People and rules as plain JSON values and back, for the input snapshot of a stored proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from coaching.matching.words import Person, Pins, Priority, Rules


def plain_person(person: Person) -> dict[str, Any]:
    """Everything but the confidential wishes: what is not stored cannot be found."""
    row = asdict(replace(person, not_with=()))
    del row["not_with"]
    return {**row, "free": sorted(person.free), "wishes": list(person.wishes)}


def person_from(row: Mapping[str, Any]) -> Person:
    values = {key: value for key, value in row.items() if key in Person.__dataclass_fields__}
    return Person(**{**values, "wishes": tuple(row["wishes"]), "free": frozenset(row["free"])})


def plain_rules(rules: Rules) -> dict[str, Any]:
    pins = rules.pins
    return {
        "priorities": [str(priority) for priority in rules.priorities],
        "pairs_allowed": rules.pairs_allowed,
        "seats": rules.seats,
        "keep_last_trios": rules.keep_last_trios,
        "trios": [list(group) for group in pins.trios],
        "together": [list(pair) for pair in pins.together],
        "apart": [list(pair) for pair in pins.apart],
        "minutes": None
        if rules.minutes is None
        else [[one, other, minutes] for (one, other), minutes in sorted(rules.minutes.items())],
        "seed": rules.seed,
        "time_limit": rules.time_limit,
    }


def rules_from(row: Mapping[str, Any]) -> Rules:
    minutes = row["minutes"]
    return Rules(
        priorities=tuple(Priority(word) for word in row["priorities"]),
        pairs_allowed=row["pairs_allowed"],
        seats=row["seats"],
        keep_last_trios=row["keep_last_trios"],
        pins=Pins(
            tuple(tuple(group) for group in row["trios"]),
            tuple((one, other) for one, other in row["together"]),
            tuple((one, other) for one, other in row["apart"]),
        ),
        minutes=None if minutes is None else {(one, other): value for one, other, value in minutes},
        seed=row["seed"],
        time_limit=row["time_limit"],
    )
