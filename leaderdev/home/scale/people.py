"""Draws the people of one synthetic district: posts, reporting lines, focus, trios. Pure and seeded."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from leaderdev.home.demo.focus import CHANGED_SHARE, OFFERED
from leaderdev.home.scale.sizes import Size

GIVEN = (
    *("Aisha", "André", "Anjali", "Bohdan", "Carmen", "Chinedu", "Dakota", "Darius", "Elena", "Émile"),
    *("Farid", "Grace", "Hélène", "Ines", "Jolene", "Kateryna", "Kofi", "Lise", "Mahsa", "Maren"),
    *("Nikolai", "Oluwaseun", "Paulina", "Quentin", "Rashida", "Sanjay", "Theodore", "Ursula", "Wei", "Yara"),
)
FAMILY = (
    *("Abara", "Bergstrom", "Blackbird", "Chartrand", "Dela Cruz", "Doucette", "Eriksen", "Fontaine"),
    *("Ghazali", "Grewal", "Horvath", "Ibrahim", "Jacobsen", "Kovalenko", "Letendre", "Mac Donald"),
    *("Marchand", "Nakamura", "Obeng", "Paskemin", "Quispe", "Rahman", "Santos", "Sinclair", "Tkachuk"),
    *("Umeh", "Vanderbilt", "Whitebear", "Xu", "Yellowknee", "Zielinska"),
)
# What people choose is never even: in the study instruction and community came first.
WEIGHTS = (18, 16, 24, 29, 13)
# Shares of participants: changed again within a year, and still without a focus in the open year.
CHANGED_WITHIN, NOT_CHOSEN = 0.05, 0.06
TEACHES = {"principal": 0.15, "assistant_principal": 0.6}
OFFICE_SHARE = 0.12
TRIES = 200


@dataclass(frozen=True)
class Drawn:
    """One person by position in the district; so is `boss`, None at the top. School 0 is the office."""

    name: str
    role: str
    school: int
    teaches: bool
    years_led: int
    boss: int | None


@dataclass(frozen=True)
class DrawnYear:
    """By position of the person: the competency's code, and the earlier one of those who changed within."""

    focus: dict[int, str]
    before_change: dict[int, str]
    trios: list[tuple[str, list[int]]] = field(default_factory=list)


def draw_people(rng: random.Random, size: Size) -> list[Drawn]:
    """A superintendent, an office, a principal in each school, assistant principals in large ones."""
    office = max(2, round(size.leaders * OFFICE_SHARE))
    people = [_person(rng, "superintendent", 0, None)]
    people += [_person(rng, "assistant_superintendent" if n < 3 else "director", 0, 0) for n in range(office)]
    schools = min(size.schools, size.leaders - len(people))
    first_principal = len(people)
    people += [
        _person(rng, "principal", school, 1 + rng.randrange(office)) for school in range(1, schools + 1)
    ]
    # Few schools are large: a school's pull on assistant principals falls off as 1/rank.
    pull = [1 / rank for rank in range(1, schools + 1)]
    left = size.leaders - len(people)
    for school in sorted(rng.choices(range(1, schools + 1), pull, k=left)):
        people.append(_person(rng, "assistant_principal", school, first_principal + school - 1))
    return people


def _person(rng: random.Random, role: str, school: int, boss: int | None) -> Drawn:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    teaches = rng.random() < TEACHES.get(role, 0)
    return Drawn(name, role, school, teaches, min(30, int(rng.expovariate(1 / 7))), boss)


def draw_years(rng: random.Random, people: Sequence[Drawn], years: int) -> list[DrawnYear]:
    """Focus and trios of each year; about 41 % change from one year to the next."""
    bosses = {frozenset((n, person.boss)) for n, person in enumerate(people) if person.boss is not None}
    found: list[DrawnYear] = []
    for number in range(years):
        last = found[-1].focus if found else {}
        is_open = number == years - 1
        focus = {
            n: _next_focus(rng, last.get(n))
            for n in range(len(people))
            if not is_open or rng.random() >= NOT_CHOSEN
        }
        before = {n: _other(rng, code) for n, code in focus.items() if rng.random() < CHANGED_WITHIN}
        found.append(DrawnYear(focus, before, _all_trios(rng, focus, bosses)))
    return found


def _next_focus(rng: random.Random, last: str | None) -> str:
    if last is None:
        return rng.choices(OFFERED, WEIGHTS)[0]
    return _other(rng, last) if rng.random() < CHANGED_SHARE else last


def _other(rng: random.Random, code: str) -> str:
    return rng.choice([other for other in OFFERED if other != code])


def _all_trios(
    rng: random.Random, focus: dict[int, str], bosses: Collection[frozenset[int]]
) -> list[tuple[str, list[int]]]:
    trios: list[tuple[str, list[int]]] = []
    for code in OFFERED:
        people = [n for n, chosen in focus.items() if chosen == code]
        trios += [(code, group) for group in _groups(rng, people, bosses)]
    return trios


def _groups(rng: random.Random, people: list[int], bosses: Collection[frozenset[int]]) -> list[list[int]]:
    """Threes, with fours (or a pair) for who is left over; shuffled until nobody sits with a supervisor."""
    for _try in range(TRIES):
        rng.shuffle(people)
        groups = _split(people)
        if not any(pair in bosses for pair in pairs_of(groups)):
            return groups
    # Too few people to part them: they wait for a seat, as a program lead would have it.
    return []


def pairs_of(groups: Iterable[Sequence[int]]) -> set[frozenset[int]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def _split(people: list[int]) -> list[list[int]]:
    if len(people) < 2:
        return []
    groups = [people[start : start + 3] for start in range(0, len(people) - len(people) % 3, 3)]
    left = people[len(people) - len(people) % 3 :]
    if len(left) > len(groups):
        return [*groups, left] if len(left) > 1 else groups
    for group, person in zip(groups, left, strict=False):
        group.append(person)
    return groups
