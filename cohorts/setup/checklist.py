"""The checklist of a year: its lines, what blocks it, and where each line is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.models import ProgramYear
from cohorts.setup.facts import gather
from cohorts.setup.items import Item, items
from cohorts.setup.links import Mend, mend


@dataclass(frozen=True)
class Line:
    item: Item
    mend: Mend


@dataclass(frozen=True)
class Checklist:
    year: ProgramYear
    lines: tuple[Line, ...]

    @property
    def blocking(self) -> list[Line]:
        """What has to be mended before the year can open."""
        return [line for line in self.lines if line.item.blocks and not line.item.is_done]

    @property
    def advice(self) -> list[Line]:
        return [line for line in self.lines if not line.item.blocks and not line.item.is_done]

    @property
    def done(self) -> list[Line]:
        return [line for line in self.lines if line.item.is_done]

    @property
    def is_ready(self) -> bool:
        return not self.blocking


def checklists(years: Sequence[ProgramYear]) -> list[Checklist]:
    """One for each year, in the same eight queries for one year and for fifty."""
    facts = gather(years)
    return [
        Checklist(year, tuple(Line(item, mend(item.key, year)) for item in items(facts[year.pk])))
        for year in years
    ]


def checklist(year: ProgramYear) -> Checklist:
    return checklists([year])[0]
