"""Forms trios: competency by competency, because nobody sits with people of another focus."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from coaching.matching import contradictions, reasons
from coaching.matching.columns import Columns, allowed, divides, every_column, fewest_alone
from coaching.matching.competency import Solution, Solver
from coaching.matching.costs import Problem, build_problem, offset
from coaching.matching.inputs import checked
from coaching.matching.search import until
from coaching.matching.sentences import Said, ngettext
from coaching.matching.sentences import gettext as _
from coaching.matching.sizes import best_sizes, sizes_for
from coaching.matching.words import (
    Person,
    Pins,
    Progress,
    Result,
    Rules,
    Standing,
    Stop,
    Trio,
    Unplaced,
)

# Where hard rules leave no partition of the best sizes, up to this many people are divided exactly.
MOST_FOR_EVERY_SIZE = 30
# The rest of the time limit is for tables, bounds and sentences, which cannot be cut short.
SHARE_FOR_SOLVING = 0.8
# Seconds; a shorter second try finds what the first one found.
WORTH_A_SECOND_TRY = 1.0


@dataclass
class Draft:
    """What has been decided so far; the result is written from it."""

    rules: Rules
    people: dict[str, Person]
    began: float
    notes: list[Said] = field(default_factory=list)
    groups: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)
    alone: list[tuple[str, str]] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)
    moved: tuple[str, ...] = ()

    def count(self, competency: str) -> int:
        return sum(person.competency == competency for person in self.people.values())

    def add(self, competency: str, solution: Solution, problem: Problem) -> None:
        ids = [person.id for person in problem.people]
        for group in solution.groups:
            members = tuple(ids[position] for position in group)
            if len(members) == 1:
                self.alone.append((members[0], competency))
            else:
                self.groups.append((competency, members, False))
        for row, bound in enumerate(solution.bounds):
            self.bounds[row] += bound


def form_trios(
    people: Iterable[Person],
    rules: Rules | None = None,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Result:
    """Everyone in a group of their own focus, or unplaced with a reason.

    progress: told a share of the work from 0 to 1 and a sentence after each competency. stop: asked often;
    once it answers yes, the best so far is returned. Raises RefusedError for input that cannot be used.
    """
    began = time.monotonic()
    rules = rules or Rules()
    ordered, notes = checked(people, rules)
    draft = Draft(rules, {person.id: person for person in ordered}, began, notes)
    draft.bounds = [0] * len(rules.priorities)
    clash = contradictions.find(ordered, rules)
    if clash:
        return contradiction(draft, clash)
    by_focus = open_people(draft, ordered)
    # Small ones first: the time they leave over goes to those that need it.
    waiting = sorted(by_focus, key=lambda focus: (len(by_focus[focus]), focus))
    solved: dict[str, tuple[Solution, Problem]] = {}
    for number, focus in enumerate(waiting):
        moment = share_of_time(draft, [len(by_focus[other]) for other in waiting[number:]])
        problem = problem_of(draft, focus, by_focus[focus])
        solution = best_groups(problem, rules, moment, stop)
        if not solution.possible:
            return contradiction(draft, without_completion(problem, rules, moment, stop))
        solved[focus] = (solution, problem)
        if progress:
            words = ngettext(
                "%(focus)s: one person looked at.",
                "%(focus)s: %(number)d people placed.",
                len(by_focus[focus]),
                focus=focus,
            )
            progress((number + 1) / len(waiting), words)
    second_try(draft, solved, stop)
    for focus in waiting:
        draft.add(focus, *solved[focus])
    return finished(draft, stopped=bool(stop and stop()))


def second_try(draft: Draft, solved: dict[str, tuple[Solution, Problem]], stop: Stop | None) -> None:
    """Gives the time that is left over to the competencies that are not proven."""
    open_ones = [focus for focus, (found, _problem) in solved.items() if found.values != found.bounds]
    for number, focus in enumerate(open_ones):
        found, problem = solved[focus]
        moment = share_of_time(draft, [solved[other][1].n for other in open_ones[number:]])
        if moment - time.monotonic() < WORTH_A_SECOND_TRY or (stop and stop()):
            continue
        again = best_groups(problem, draft.rules, moment, stop)
        if again.possible and _rank(again) < _rank(found):
            solved[focus] = (again, problem)


def _rank(found: Solution) -> tuple[tuple[int, int], ...]:
    """Lower is better: fewer left over, then value by value, and what is closer to its bound."""
    alone = sum(len(group) == 1 for group in found.groups)
    return ((alone, 0), *((v, -b) for v, b in zip(found.values, found.bounds, strict=True)))


def open_people(draft: Draft, people: Sequence[Person]) -> dict[str, list[Person]]:
    """People by focus without those who sit in pinned groups, which go into the draft as they are."""
    taken: set[str] = set()
    for group in sorted({tuple(sorted(set(group))) for group in draft.rules.pins.trios}):
        draft.groups.append((draft.people[group[0]].competency, group, True))
        taken |= set(group)
    by_focus: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.id not in taken:
            by_focus[person.competency].append(person)
    return by_focus


def problem_of(draft: Draft, focus: str, people: list[Person]) -> Problem:
    total = draft.count(focus)
    note = reasons.small_note(focus, total)
    if note:
        draft.notes.append(note)
    return build_problem(people, draft.rules, pairs=pairs_fit(draft.rules, total))


def pairs_fit(rules: Rules, total: int) -> bool:
    """Whether `total` people of one focus may sit in pairs."""
    return rules.pairs_allowed or rules.seats == 2 or total == 2


def share_of_time(draft: Draft, sizes: list[int]) -> float:
    """The moment by which the first of `sizes` people must be done, if the others are to have their share."""
    left = draft.began + SHARE_FOR_SOLVING * draft.rules.time_limit - time.monotonic()
    # The work grows faster than the people; the square is close to what was measured.
    share = sizes[0] ** 2 / sum(size**2 for size in sizes)
    return time.monotonic() + max(0.0, left) * share


def best_groups(problem: Problem, rules: Rules, moment: float, stop: Stop | None) -> Solution:
    running = until(moment, stop)
    sizes = best_sizes(problem.n, pairs=problem.pairs, seats=rules.seats)
    solution = Solver(problem, sizes, rules.seed, running).solve(moment)
    if solution.possible:
        return solution
    if problem.n > MOST_FOR_EVERY_SIZE:
        return _leaving_out(problem, rules, moment, stop)
    found = fewest_alone(_all_groups(problem, rules), problem.n, max(1.0, moment - time.monotonic()))
    if found is None:
        return Solution([], possible=False)
    return Solver(problem, found, rules.seed, running).solve(max(moment, time.monotonic() + 1))


def _all_groups(problem: Problem, rules: Rules) -> Columns:
    """Every group that the rules allow, people alone among them."""
    sizes = {1} | sizes_for(rules.seats, pairs=problem.pairs)
    return allowed(every_column(problem.n, sizes, problem.costs), problem.forbidden, problem.together)


def _leaving_out(problem: Problem, rules: Rules, moment: float, stop: Stop | None) -> Solution:
    """Too many people for every size at once: leaves out those with the most rules until the rest divides."""
    import numpy as np

    joined = {position for pair in problem.together for position in pair}
    order = np.argsort(-problem.forbidden.sum(axis=1), kind="stable")
    order = [int(position) for position in order if position not in joined]
    for alone in range(1, len(order) + 1):
        inside = sorted(set(range(problem.n)) - set(order[:alone]))
        number = {position: index for index, position in enumerate(inside)}
        part = Problem(
            [problem.people[position] for position in inside],
            problem.priorities,
            problem.costs[:, inside][:, :, inside],
            problem.forbidden[np.ix_(inside, inside)],
            [(number[one], number[other]) for one, other in problem.together],
            problem.pairs,
        )
        sizes = best_sizes(part.n, pairs=part.pairs, seats=rules.seats)
        found = Solver(part, sizes, rules.seed, until(moment, stop)).solve(moment)
        if found.possible:
            groups = [[inside[position] for position in group] for group in found.groups]
            groups += [[position] for position in order[:alone]]
            # What is best for the others is not proven best with these people placed.
            lowest = [int(np.minimum(table, 0).sum() // 2) for table in problem.costs]
            return Solution(groups, found.values, lowest)
    return Solution([], possible=False)


def without_completion(problem: Problem, rules: Rules, moment: float, stop: Stop | None) -> tuple[Said, ...]:
    """Which pins leave no way to complete the groups, none of them superfluous."""
    by_id = {person.id: person for person in problem.people}
    pins = rules.pins
    stated = [
        contradictions.pinned(kind, pair, f"{by_id[pair[0]].label}, {by_id[pair[1]].label}")
        for kind, pairs in (("together", pins.together), ("apart", pins.apart))
        for pair in pairs
        if pair[0] in by_id and pair[1] in by_id
    ]

    def clash(some: Sequence[contradictions.Rule]) -> bool:
        pinned = {kind: tuple(r.people for r in some if r.kind == kind) for kind in ("together", "apart")}
        fewer = replace(rules, pins=Pins((), pinned["together"], pinned["apart"]))
        part = build_problem(problem.people, fewer, pairs=problem.pairs)
        if part.n <= MOST_FOR_EVERY_SIZE:
            # Only whether it can be done is asked here, often: no priority is looked at.
            return not divides(_all_groups(part, rules), part.n, seconds=10.0)
        return not best_groups(part, fewer, max(moment, time.monotonic() + 1), stop).possible

    rest = _("With the hard rules, no group of this focus can be completed around them.")
    return (*(rule.sentence for rule in contradictions.smallest(stated, clash)), rest)


def contradiction(draft: Draft, sentences: tuple[Said, ...]) -> Result:
    seconds = time.monotonic() - draft.began
    alone = tuple(Unplaced(name, _("The rules contradict each other.")) for name in sorted(draft.people))
    return Result((), alone, (), 0, tuple(draft.notes), {}, seconds, contradiction=sentences)


def finished(draft: Draft, *, stopped: bool) -> Result:
    """Costs counted again from the groups themselves, and sentences for everyone."""
    rules, by_id = draft.rules, draft.people
    trios, told, values = [], {}, [0] * len(rules.priorities)
    pinned_values = [0] * len(rules.priorities)
    totals = Counter(person.competency for person in by_id.values())
    for focus, members, pinned in sorted(draft.groups):
        people = [by_id[name] for name in members]
        sentences = reasons.group_reasons(people, rules, pinned=pinned, total=totals[focus])
        trios.append(Trio(members, focus, sentences, pinned))
        for person in people:
            own = reasons.wish_reason(person, people)
            told[person.id] = (*reasons.person_reasons(person, people, rules), *([own] if own else []))
        table = build_problem(people, rules, pairs=True).costs
        for row in range(len(values)):
            cost = int(table[row].sum()) // 2
            values[row] += cost
            pinned_values[row] += cost if pinned else 0
    offsets = _offsets(draft)
    standings = tuple(
        Standing(priority, values[row] + offsets[row], draft.bounds[row] + pinned_values[row] + offsets[row])
        for row, priority in enumerate(rules.priorities)
    )
    unplaced = tuple(
        Unplaced(name, reasons.unplaced_reason(totals[focus])) for name, focus in sorted(draft.alone)
    )
    return Result(
        tuple(trios),
        unplaced,
        standings,
        _unmet_wishes(draft),
        tuple(draft.notes),
        told,
        time.monotonic() - draft.began,
        stopped=stopped,
        moved=draft.moved,
    )


def _offsets(draft: Draft) -> list[int]:
    """Wishes and trios to keep count down from all of them."""
    return [offset(priority, list(draft.people.values()), draft.rules) for priority in draft.rules.priorities]


def _unmet_wishes(draft: Draft) -> int:
    mates = {name: set(members) for _focus, members, _pinned in draft.groups for name in members}
    return sum(
        other not in mates.get(person.id, ())
        for person in draft.people.values()
        for other in set(person.wishes) - {person.id}
    )
