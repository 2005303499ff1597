"""The smallest set of pins and hard rules that cannot all hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from coaching.matching.sentences import Said
from coaching.matching.sentences import gettext as _
from coaching.matching.words import MOST_SEATS, Person, Rules

CONFIDENTIAL = _("A rule that only its author knows.")
# Up to this many rules every small set is tried; beyond, an irreducible one is named.
MOST_FOR_EVERY_SET = 24
LARGEST_SET = 4


@dataclass(frozen=True)
class Rule:
    """kind: trio, together, apart (of whichever origin), competency, seats or pairs. people: ids."""

    kind: str
    people: tuple[str, ...]
    sentence: Said


def find(people: Sequence[Person], rules: Rules) -> tuple[Said, ...]:
    """Sentences that contradict each other, none of them superfluous; empty if the pins can be kept."""
    by_id = {person.id: person for person in people}
    stated = _rules(by_id, rules)
    if _holds(stated, by_id):
        return ()
    return tuple(rule.sentence for rule in smallest(stated, lambda some: not _holds(some, by_id)))


def smallest(rules: Sequence[Rule], clash: Callable[[Sequence[Rule]], bool]) -> list[Rule]:
    """`clash` must be true of `rules`; it stays true when rules are added."""
    if len(rules) <= MOST_FOR_EVERY_SET:
        for size in range(1, LARGEST_SET + 1):
            for some in combinations(rules, size):
                if clash(some):
                    return list(some)
    kept = list(rules)
    for rule in rules:
        without = [other for other in kept if other is not rule]
        if clash(without):
            kept = without
    return kept


def pinned(kind: str, pair: tuple[str, str], names: str) -> Rule:
    """kind: together or apart."""
    if kind == "together":
        return Rule(kind, pair, _("Pinned together: %(names)s.", names=names))
    return Rule(kind, pair, _("Pinned apart: %(names)s.", names=names))


def _rules(by_id: dict[str, Person], rules: Rules) -> list[Rule]:
    def names(ids: Sequence[str]) -> str:
        return ", ".join(by_id[one].label for one in ids)

    pins = rules.pins
    found = [
        Rule("trio", tuple(group), _("Pinned as one group: %(names)s.", names=names(group)))
        for group in pins.trios
    ]
    found += [pinned("together", pair, names(pair)) for pair in pins.together]
    found += [pinned("apart", pair, names(pair)) for pair in pins.apart]
    named = sorted({one for rule in found for one in rule.people})
    for one, other in combinations(named, 2):
        first, second = by_id[one], by_id[other]
        if other in (first.supervisor,) or one in (second.supervisor,):
            above, below = (second, first) if first.supervisor == other else (first, second)
            found.append(
                Rule(
                    "apart",
                    (one, other),
                    _("%(above)s supervises %(below)s.", above=above.label, below=below.label),
                )
            )
        if other in first.not_with or one in second.not_with:
            found.append(Rule("apart", (one, other), CONFIDENTIAL))
    found.append(Rule("competency", (), _("People of one group share a focus competency.")))
    found.append(Rule("seats", (), _("A group has at most four seats, and nobody sits in two.")))
    if not rules.pairs_allowed and rules.seats != 2:
        found.append(Rule("pairs", (), _("Pairs are not allowed.")))
    return found


def _holds(rules: Sequence[Rule], by_id: dict[str, Person]) -> bool:
    """Whether the groups that the rules join keep the rules that part."""
    block: dict[str, set[str]] = {}
    for rule in rules:
        if rule.kind in ("trio", "together"):
            merged = set(rule.people).union(*(block.get(one, set()) for one in rule.people))
            block.update(dict.fromkeys(merged, merged))
    kinds = {rule.kind for rule in rules}
    if "seats" in kinds and any(len(group) > MOST_SEATS for group in block.values()):
        return False
    if "competency" in kinds and any(
        len({by_id[one].competency for one in group}) > 1 for group in block.values()
    ):
        return False
    for rule in rules:
        if rule.kind == "apart" and rule.people[1] in block.get(rule.people[0], {rule.people[0]}):
            return False
        if rule.kind != "trio":
            continue
        if "seats" in kinds and block[rule.people[0]] != set(rule.people):
            return False
        if "pairs" in kinds and len(rule.people) == 2 and _more_than_two(rule.people[0], by_id):
            return False
    return True


def _more_than_two(one: str, by_id: dict[str, Person]) -> bool:
    focus = by_id[one].competency
    return sum(person.competency == focus for person in by_id.values()) > 2
