"""Where a wave stands, and which wave of a survey somebody who runs it wants to see first."""

from __future__ import annotations

import datetime
import enum
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from surveys.models import Survey, Wave
from surveys.rates import with_done


class State(enum.Enum):
    """In the order in which a list shows them: what runs, what is ahead, what is over."""

    OPEN = ("open", _("Open"), "good")
    ANNOUNCED = ("announced", _("Announced"), "info")
    PLANNED = ("planned", _("Planned"), "quiet")
    CLOSED = ("closed", _("Closed"), "quiet")

    def __init__(self, key: str, word: str, tone: str) -> None:
        self.key, self.word, self.tone = key, word, tone


_ORDER = list(State)


def state_of(wave: Wave, now: datetime.datetime) -> State:
    """Of a wave at an aware instant. Closed also means that its time is over or its survey sealed."""
    if not wave.announced and not wave.closed:
        return State.PLANNED
    if wave.is_open_at(now):
        return State.OPEN
    return State.CLOSED if wave.is_over_at(now) else State.ANNOUNCED


@dataclass(frozen=True)
class RunRow:
    """A survey with the wave to look at; both of the latter are None while no wave is planned."""

    survey: Survey
    wave: Wave | None = None
    state: State | None = None

    @property
    def rank(self) -> tuple[int, float]:
        """What runs first, the first to close; then what is ahead; what is over last, the latest first."""
        if self.wave is None or self.state is None:
            return _ORDER.index(State.PLANNED), float("inf")
        moment = (
            self.wave.opens_at if self.state in (State.ANNOUNCED, State.PLANNED) else self.wave.last_moment
        )
        return _ORDER.index(self.state), moment.timestamp() * (-1 if self.state is State.CLOSED else 1)


def run_rows(surveys: Iterable[Survey], now: datetime.datetime) -> list[RunRow]:
    """One query. Each wave comes with `done_now`, how many have answered."""
    by_survey: dict[int, list[RunRow]] = defaultdict(list)
    found = {survey.pk: survey for survey in surveys}
    for wave in with_done(Wave.objects.filter(survey__in=found)):
        wave.survey = found[wave.survey_id]
        by_survey[wave.survey_id].append(RunRow(wave.survey, wave, state_of(wave, now)))
    rows = [min(by_survey[pk], key=lambda row: row.rank, default=RunRow(found[pk])) for pk in found]
    return sorted(rows, key=lambda row: row.rank)
