"""Confidential wishes on their way to the solver, and where the lead's open word goes before one.

The lead may join two people by a pin, leave a trio as it sits in a repair, or seat somebody by hand. A
refusal would tell that one of them has such a wish; so the wish yields, silently, for exactly these people,
and its author finds that on her own page (docs/decisions/confidential-wishes.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coaching.matching import Person, Rules
from coaching.models import TrioWishes


def with_confidential_wishes(people: Sequence[Person], wishes: Iterable[TrioWishes]) -> list[Person]:
    """The people of a snapshot with what only their authors and the solver know."""
    apart = {str(wish.membership_id): tuple(map(str, wish.apart)) for wish in wishes}
    return [replace(person, not_with=apart.get(person.id, ())) for person in people]


def without_wishes_around_pins(
    people: Sequence[Person], rules: Rules, seated: Sequence[Sequence[str]] = ()
) -> list[Person]:
    """Without wishes between people whom pins join, directly or through others, or who sit together now."""
    block: dict[str, set[str]] = {}
    for group in (*rules.pins.trios, *rules.pins.together):
        merged = set(group).union(*(block.get(name, set()) for name in group))
        block.update(dict.fromkeys(merged, merged))
    beside: dict[str, set[str]] = {name: set(group) for group in seated for name in group}
    return [
        replace(
            person,
            not_with=tuple(
                other
                for other in person.not_with
                if other not in block.get(person.id, ()) and other not in beside.get(person.id, ())
            ),
        )
        for person in people
    ]
