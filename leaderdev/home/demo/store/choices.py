"""Selections with their history, and the trios that came of them."""

from __future__ import annotations

import datetime

from cohorts.models import CompetencySelection, ProgramYear, Trio, TrioSeat
from leaderdev.home.demo.choices import Choice
from leaderdev.home.demo.formed import REPAIRED_AFTER
from leaderdev.home.demo.plan import YearPlan
from leaderdev.home.demo.roster import PARTICIPANT
from leaderdev.home.demo.world import World

TOLD_AT = datetime.time(16, 10)


def selections(world: World) -> None:
    for year, plan in zip(world.years, world.plan.years, strict=True):
        _add_selections(world, year, plan)


def _add_selections(world: World, year: ProgramYear, plan: YearPlan) -> None:
    """First choices in one go, then the changes, each pointing at the choice it replaced."""
    first = [choice for choice in plan.choices if not choice.reason]
    stored = CompetencySelection.objects.bulk_create(_selection(world, year, choice) for choice in first)
    by_member = {selection.membership_id: selection for selection in stored}
    changes = [_selection(world, year, choice) for choice in plan.choices if choice.reason]
    for change in changes:
        change.replaces = by_member[change.membership_id]
    CompetencySelection.objects.bulk_create(changes)


def _selection(world: World, year: ProgramYear, choice: Choice) -> CompetencySelection:
    return CompetencySelection(
        membership=world.members[choice.key, PARTICIPANT],
        program_year=year,
        competency=world.competencies[choice.code],
        rationale=choice.rationale,
        strategies=choice.strategies,
        chosen_at=choice.at.replace(tzinfo=world.zone),
        superseded_at=choice.superseded.replace(tzinfo=world.zone) if choice.superseded else None,
        change_reason=choice.reason,
        change_note=choice.note,
    )


def trios(world: World) -> None:
    """The trios as they sit now; how they came about is told by store.trio_proposals."""
    codes = {node.coded_label: code for code, node in world.competencies.items()}
    for year, plan, formed in zip(world.years, world.plan.years, world.formed, strict=True):
        told = world.instant(plan.trios_told, TOLD_AT)
        stored = Trio.objects.bulk_create(
            Trio(
                program_year=year,
                number=number,
                competency=world.competencies[codes[trio.competency]],
                published_at=told,
            )
            for number, trio in enumerate(formed.final, start=1)
        )
        TrioSeat.objects.bulk_create(
            TrioSeat(
                trio=row,
                program_year=year,
                membership=world.members[key, PARTICIPANT],
                seated_on=plan.trios_told + (REPAIRED_AFTER if key == formed.late else datetime.timedelta()),
            )
            for row, trio in zip(stored, formed.final, strict=True)
            for key in trio.members
        )
