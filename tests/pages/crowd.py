"""Makes the cast's district many times as large, so that a page which asks once per row is caught."""

from __future__ import annotations

import datetime

from cohorts.models import (
    CompetencySelection,
    LearningSession,
    Norm,
    NoSchoolDay,
    StandardNode,
    Trio,
    TrioSeat,
)
from tests.cast import YEAR_START, Cast, join, make_leader, make_school


def grow(cast: Cast, rows: int, *, first: int = 0) -> None:
    """Add `rows` of everything that a list could show, numbered from `first`."""
    competencies = list(cast.standard.nodes.competencies())
    for number in range(first, first + rows):
        school = make_school(cast.district, f"G{number}")
        leader = make_leader(
            cast.district,
            f"grown{number}@{cast.district.slug}.example.ca",
            f"Grown {number:03}",
            school=school,
        )
        membership = join(cast.cohort, leader)
        day = YEAR_START + datetime.timedelta(days=20 + number)
        start = datetime.datetime.combine(day, datetime.time(15), tzinfo=datetime.UTC)
        LearningSession.objects.create(
            program_year=cast.year,
            number=100 + number,
            title=f"Session {number}",
            starts_at=start,
            ends_at=start + datetime.timedelta(hours=3),
            host=school,
        )
        Norm.objects.create(cohort=cast.cohort, position=number, text=f"Norm {number}")
        NoSchoolDay.objects.create(
            calendar=cast.year.calendar, first_day=day, last_day=day, name=f"Day {number}"
        )
        _choose(cast, membership, competencies[number % len(competencies)], number)
        _add_nodes(cast, number)


def _choose(cast: Cast, membership, competency, number: int) -> None:
    CompetencySelection.objects.create(
        membership=membership,
        program_year=cast.year,
        competency=competency,
        rationale="Because it matters here.",
    )
    trio = Trio.objects.create(
        program_year=cast.year,
        number=100 + number,
        competency=competency,
        published_at=cast.trio.published_at,
    )
    TrioSeat.objects.create(trio=trio, membership=membership, seated_on=YEAR_START)


def _add_nodes(cast: Cast, number: int) -> None:
    parent = StandardNode.objects.create(
        standard=cast.standard,
        kind="competency",
        code=f"G{number}",
        label=f"Grown competency {number}",
        position=10_000 + number * 10,
        focus_selectable=True,
    )
    cast.year.offered.create(competency=parent, position=parent.position)
    StandardNode.objects.create(
        standard=cast.standard,
        parent=parent,
        kind="indicator",
        code=f"G{number}.1",
        label=f"Grown indicator {number}",
        position=parent.position + 1,
    )
