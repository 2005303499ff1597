"""Counting a cohort's plans without pointing at anybody. No Django, no rows.

A figure is shown only where it is about enough people. What is hidden must not come back as the difference
between a total and what is shown: so the hidden groups together hold enough people too, or none do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

STATUSES = ("planned", "on_schedule", "delayed", "done", "dropped")
# What the studies found: share of planned work done or on schedule, in percent.
WITH_COACHING, WITHOUT = 73, 50


@dataclass(frozen=True)
class PlanFacts:
    """One plan, as much of it as is counted. `steps`: status → how many; those of a draft are not counted."""

    group: str
    shared: bool
    read: bool
    check_ins_held: int
    steps: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts_steps(self) -> bool:
        return self.shared and sum(self.steps.values()) > 0


@dataclass(frozen=True)
class Steps:
    """Steps of shared plans. `planned` is all of them, whatever became of them since."""

    planned: int
    done: int
    on_schedule: int
    delayed: int
    dropped: int

    @property
    def share_done_or_on_schedule(self) -> float | None:
        """From 0 to 1, to four places; None where nothing was planned."""
        return round((self.done + self.on_schedule) / self.planned, 4) if self.planned else None

    @property
    def percent(self) -> int | None:
        share = self.share_done_or_on_schedule
        return None if share is None else round(100 * share)


@dataclass(frozen=True)
class Plans:
    """How many plans have come how far; each shared plan was drafted too, and so on."""

    drafted: int
    shared: int
    read: int
    check_ins_held: int


@dataclass(frozen=True)
class Group:
    """One competency, or the whole cohort. None stands for "too few people to show"."""

    key: str
    plans: Plans | None
    steps: Steps | None


@dataclass(frozen=True)
class Progress:
    overall: Group
    groups: tuple[Group, ...]
    smallest: int

    @property
    def hides_something(self) -> bool:
        return any(each.plans is None or each.steps is None for each in (self.overall, *self.groups))


def hidden(sizes: Mapping[str, int], smallest: int) -> set[str]:
    """The groups that are not shown, given how many people each figure is about.

    Every group with fewer than `smallest` people, and then, smallest first, as many more as it takes until
    the hidden ones together hold at least `smallest`: the total minus what is shown is about that many.
    Groups without anybody are shown as empty and hide nobody.
    """
    filled = {key: size for key, size in sizes.items() if size > 0}
    found = {key for key, size in filled.items() if size < smallest}
    if not found:
        return set()
    rest = sorted((key for key in filled if key not in found), key=lambda key: (filled[key], key))
    while rest and (len(found) < 2 or sum(filled[key] for key in found) < smallest):
        found.add(rest.pop(0))
    return found


def counted(facts: Iterable[PlanFacts], groups: Sequence[str], smallest: int) -> Progress:
    """Counts overall and for each group in the order given; `smallest` is a number of people."""
    plans = list(facts)
    by_group = {key: [each for each in plans if each.group == key] for key in groups}
    # A plan of no group on offer is part of the whole; it protects, and is protected, like any other group.
    loose = [each for each in plans if each.group not in by_group]
    sizes = {key: len(some) for key, some in by_group.items()} | {"": len(loose)}
    writers = {key: _with_steps(some) for key, some in by_group.items()} | {"": _with_steps(loose)}
    no_plans, no_steps = hidden(sizes, smallest), hidden(writers, smallest)
    enough = _enough(len(plans), smallest), _enough(_with_steps(plans), smallest)
    return Progress(
        overall=Group("", _plans(plans) if enough[0] else None, _steps(plans) if enough[1] else None),
        groups=tuple(
            Group(
                key,
                _plans(some) if enough[0] and key not in no_plans else None,
                _steps(some) if enough[1] and key not in no_steps else None,
            )
            for key, some in by_group.items()
        ),
        smallest=smallest,
    )


def _enough(people: int, smallest: int) -> bool:
    return people == 0 or people >= smallest


def _with_steps(plans: Sequence[PlanFacts]) -> int:
    return sum(1 for each in plans if each.counts_steps)


def _plans(plans: Sequence[PlanFacts]) -> Plans:
    return Plans(
        drafted=len(plans),
        shared=sum(each.shared for each in plans),
        read=sum(each.read for each in plans),
        check_ins_held=sum(each.check_ins_held for each in plans),
    )


def _steps(plans: Sequence[PlanFacts]) -> Steps:
    total = dict.fromkeys(STATUSES, 0)
    for each in plans:
        if each.counts_steps:
            for status, number in each.steps.items():
                total[status] += number
    return Steps(
        planned=sum(total.values()),
        done=total["done"],
        on_schedule=total["on_schedule"],
        delayed=total["delayed"],
        dropped=total["dropped"],
    )
