"""What can be said of groups that a person changed by hand: counts and sentences as of solved ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coaching.matching import reasons
from coaching.matching.costs import Problem, build_problem, offset
from coaching.matching.words import Person, Rules, Trio


@dataclass(frozen=True)
class Described:
    """values: one a priority, in their order. met, asked: wishes for a partner."""

    trios: tuple[Trio, ...]
    person_reasons: Mapping[str, tuple[str, ...]]
    unplaced_reasons: Mapping[str, str]
    values: tuple[int, ...]
    met: int
    asked: int


def describe(
    people: Sequence[Person], rules: Rules, groups: Iterable[Trio], unplaced: Iterable[str]
) -> Described:
    """groups: members by id, as they sit; their sentences are written anew, for who forms trios.

    Nothing here reads `not_with`, and no sentence tells of one person's wishes.
    """
    by_id = {person.id: person for person in people}
    totals = Counter(person.competency for person in people)
    tables = Tables(people, rules)
    trios, told = [], {}
    values = [offset(priority, list(people), rules) for priority in rules.priorities]
    met = 0
    for group in groups:
        members = [by_id[name] for name in group.members]
        sentences = reasons.group_reasons(members, rules, pinned=group.pinned, total=totals[group.competency])
        trios.append(Trio(group.members, group.competency, sentences, group.pinned))
        for person in members:
            told[person.id] = reasons.person_reasons(person, members, rules)
            met += len((set(person.wishes) - {person.id}) & set(group.members))
        values = [old + new for old, new in zip(values, tables.cost(group.members), strict=True)]
    asked = sum(len(set(person.wishes) - {person.id}) for person in people)
    why = {name: reasons.unplaced_reason(totals[by_id[name].competency]) for name in unplaced}
    return Described(tuple(trios), told, why, tuple(values), met, asked)


class Tables:
    """Costs of any group, from tables that are made once for each competency."""

    def __init__(self, people: Sequence[Person], rules: Rules) -> None:
        self.rules = rules
        self.focus = {person.id: person.competency for person in people}
        self.people = list(people)
        self.made: dict[str, Problem] = {}

    def problem(self, focus: str) -> Problem:
        if focus not in self.made:
            here = sorted((p for p in self.people if p.competency == focus), key=lambda person: person.id)
            # Tables of wishes to be kept apart are nobody's business here.
            self.made[focus] = build_problem(here, self.rules, pairs=True)
        return self.made[focus]

    def cost(self, members: Sequence[str]) -> tuple[int, ...]:
        """One value a priority; members of one competency."""
        if len(members) < 2:
            return (0,) * len(self.rules.priorities)
        problem = self.problem(self.focus[members[0]])
        places = [problem.position[name] for name in members]
        return tuple(
            sum(int(table[one, other]) for one, other in combinations(places, 2)) for table in problem.costs
        )
