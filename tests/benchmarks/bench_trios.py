"""Trios: seconds, gap and memory on made-up districts, beside a greedy and a random-restart baseline.

    python -m tests.benchmarks.bench_trios

Runs in a process of its own, whose memory is the solver's alone. A wrong answer or too much memory
fails; what a busy machine cuts short is only told.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from itertools import combinations, pairwise

from coaching.matching import Person, Priority, Result, Rules, form_trios
from coaching.matching.costs import minutes_between
from tests.benchmarks import machine
from tests.benchmarks.result import Result as Figure
from tests.coaching.districts import broken, district

# (people, competencies, most processor seconds, largest gap)
SIZES = ((55, 5, 3.0, 0.0), (600, 20, 15.0, 0.0), (600, 5, 60.0, 0.02), (3000, 20, 60.0, 1.0))
MOST_MEGABYTES = 600
RESTARTS = 30
TIME_LIMIT = 50.0


def known_best(groups: int) -> list[Person]:
    """Threes of one town each, towns far apart and members a kilometre from each other: no other is best."""
    return [
        Person(
            id=f"p{(number * 7919) % (3 * groups):04}",
            competency="c",
            school=f"s{number}",
            lat=40 + 0.5 * (number // 3) % 40,
            lng=-110 + 0.01 * (number % 3) + 2 * (number // 3 // 80),
        )
        for number in range(3 * groups)
    ]


def minutes(groups: list[list[Person]], rules: Rules) -> int:
    return sum(minutes_between(one, other, rules) for g in groups for one, other in combinations(g, 2))


def costs(groups: list[list[Person]], rules: Rules) -> tuple[int, int]:
    """(pairs from one school, minutes): the first two priorities, without any hard rule."""
    same = sum(one.school == other.school for g in groups for one, other in combinations(g, 2))
    return same, minutes(groups, rules)


def cut(people: list[Person], sizes: list[int]) -> list[list[Person]]:
    ends = [0]
    for size in sizes:
        ends.append(ends[-1] + size)
    return [people[start:end] for start, end in pairwise(ends)]


def baselines(people: list[Person], result: Result) -> tuple[list[int], list[int]]:
    """`costs` of (best mates first, best of many shuffles) in the same sizes, without hard rules."""
    rules, dice = Rules(), random.Random(1)
    greedy, shuffled = [], []
    for focus in sorted({person.competency for person in people}):
        sizes = [len(trio.members) for trio in result.trios if trio.competency == focus]
        here = [person for person in people if person.competency == focus]
        waiting, groups = list(here), []
        for size in sizes:
            first = waiting.pop(0)
            waiting.sort(key=lambda other, first=first: costs([[first, other]], rules))
            groups.append([first, *waiting[: size - 1]])
            del waiting[: size - 1]
        greedy.append(costs(groups, rules))
        tries = []
        for _ in range(RESTARTS):
            dice.shuffle(here)
            tries.append(costs(cut(here, sizes), rules))
        shuffled.append(min(tries))
    return [sum(column) for column in zip(*greedy, strict=True)], [
        sum(column) for column in zip(*shuffled, strict=True)
    ]


def measure() -> dict[str, object]:
    # Loading the solver is paid once by a worker, not by every proposal.
    form_trios(district(9, 1, 1))
    rows, wrong = [], []
    for people_count, focus_count, most, gap in SIZES:
        people = district(people_count, focus_count, 1)
        rules = Rules(time_limit=TIME_LIMIT)
        began = time.process_time()
        result = form_trios(people, rules)
        seconds = time.process_time() - began
        name = f"{people_count:,} people, {focus_count} competencies"
        wrong += broken(result, people, rules)
        goal = f"goal {most:.0f} s, {gap:.0%}"
        note = f"processor ({result.seconds:.1f} s by the clock); gap {result.gap:.2%}; {goal}"
        if people_count <= 600:
            greedy, shuffled = baselines(people, result)
            note += f"; pairs of one school and minutes {list(result.objective[:2])}"
            note += f", greedy {greedy}, shuffled {shuffled}"
        rows.append([name, seconds, note])
    wrong += wrong_best(40)
    peak = machine.peak_memory()
    if peak > MOST_MEGABYTES:
        wrong.append(f"{peak:.0f} MB at the most")
    return {"rows": rows, "peak": peak, "wrong": wrong}


def wrong_best(groups: int) -> list[str]:
    people = known_best(groups)
    towns = [
        sorted(people, key=lambda person: int(person.school[1:]))[i : i + 3] for i in range(0, 3 * groups, 3)
    ]
    rules = Rules(priorities=(Priority.TRAVEL,))
    result = form_trios(people, rules)
    best = minutes(towns, rules)
    if result.optimal and result.objective == (best,):
        return []
    return [f"best known {best} minutes, found {result.objective}, {result.verdict()}"]


def run() -> list[Figure]:
    """For `make bench`."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_trios"], check=False, stdout=subprocess.PIPE
    )
    told = json.loads(child.stdout)
    found = []
    for name, seconds, note in told["rows"]:
        found.append(Figure(f"trios, {name}", "s", [seconds], note=note))
    memory = Figure("trios, peak memory", "MB", [told["peak"]], note="at most 600", wrong=told["wrong"])
    return [*found, memory]


def main() -> int:
    told = measure()
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if told["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
