"""The selections of a demo year: who chose what, when, in which words, and who changed within the year."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaderdev.home.demo import focus, roster
from leaderdev.home.demo.dates import DemoYear
from leaderdev.home.demo.places import DIVISION_PLACES, OFFICE
from leaderdev.home.demo.posts import Post
from leaderdev.home.demo.program import CHANGES_WITHIN
from leaderdev.home.demo.words import OFFICE_ROOM, SCHOOL, Writer, traits_of

_DAY = datetime.timedelta(days=1)
# Changes within a year happen in these days after the first session; trios are told after the second.
EARLIEST_CHANGE, LATEST_CHANGE = 17, 26


@dataclass(frozen=True)
class Choice:
    """`at` and `superseded` are wall-clock times in the division's zone; a change has a `reason`."""

    key: str
    code: str
    rationale: str
    strategies: str
    at: datetime.datetime
    reason: str = ""
    note: str = ""
    superseded: datetime.datetime | None = None


class ChoiceWriter:
    def __init__(self, rng: random.Random, posts: Sequence[Post]) -> None:
        self._rng = rng
        self._posts = posts
        self._writer = Writer(rng)
        self._places = {place.code: place for place in DIVISION_PLACES}

    def year(
        self, number: int, year: DemoYear, codes: Sequence[Mapping[str, str]], opens: datetime.date
    ) -> tuple[Choice, ...]:
        """Every choice of one year (0 or 1); `codes` holds where everybody ends up, year by year."""
        made: list[Choice] = []
        for key, code in codes[number].items():
            first_day = max(opens, year.sessions[0] - _DAY * 6)
            at = at_a_spare_minute(self._rng, first_day + _DAY * self._rng.randint(0, 16))
            last_year = codes[0].get(key, "") if number else None
            if key in CHANGES_WITHIN[number]:
                made += self._changed(CHANGES_WITHIN[number][key], key, code, at, year, last_year)
            else:
                made.append(self._choice(key, code, at, _opening(key, code, last_year)))
        return tuple(sorted(made, key=lambda choice: (choice.at, choice.key)))

    def _changed(
        self,
        why: tuple[str, str],
        key: str,
        code: str,
        at: datetime.datetime,
        year: DemoYear,
        last_year: str | None,
    ) -> list[Choice]:
        """The first choice and the one that replaced it."""
        reason, note = why
        before = self._rng.choice([other for other in focus.OFFERED if other != code])
        changed_on = year.sessions[0] + _DAY * self._rng.randint(EARLIEST_CHANGE, LATEST_CHANGE)
        changed_at = at_a_spare_minute(self._rng, changed_on)
        first = self._choice(key, before, at, _opening(key, before, last_year))
        second = self._choice(key, code, changed_at, "")
        return [
            Choice(key, before, first.rationale, first.strategies, at, superseded=changed_at),
            Choice(key, code, second.rationale, second.strategies, changed_at, reason, note),
        ]

    def _choice(self, key: str, code: str, at: datetime.datetime, opening: str) -> Choice:
        post = next(post for post in self._posts if post.key == key and post.on(at.date()))
        place = self._places[post.school]
        where = OFFICE_ROOM if post.school == OFFICE else SCHOOL
        has_ap = any(
            other.school == post.school and other.role == roster.AP and other.on(at.date())
            for other in self._posts
        )
        traits = traits_of(
            grades=place.grades,
            school=place.name,
            is_principal=post.role == roster.PRINCIPAL,
            teaches=post.teaches,
            has_ap=has_ap,
        )
        rationale = self._writer.rationale(code, at=where, traits=traits, opening=opening)
        return Choice(key, code, rationale, self._writer.strategies(code, at=where, traits=traits), at)


def _opening(key: str, code: str, last_year: str | None) -> str:
    """How a text begins, by last year's focus (empty: was not there; None: the first year of all)."""
    if last_year is None:
        return ""
    if not last_year:
        return "first_time"
    if last_year == code:
        return "staying"
    moved = {move.key for move in roster.MOVES if move.when == roster.NEW_YEAR}
    return "new_post" if key in moved else "changed"


def at_a_spare_minute(rng: random.Random, day: datetime.date) -> datetime.datetime:
    """Wall-clock: before school, over lunch or in the evening, when leaders have a minute."""
    hour = rng.choice((7, 12, 16, 17, 19, 20, 21))
    return datetime.datetime.combine(day, datetime.time(hour, rng.randint(0, 59)))
