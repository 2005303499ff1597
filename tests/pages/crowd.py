"""Makes the cast's district many times as large, so that a page which asks once per row is caught."""

from __future__ import annotations

import datetime

from cohorts.models import (
    AgendaItem,
    Attendance,
    Certificate,
    CompetencySelection,
    DialogueGroup,
    DialogueKit,
    GroupSeat,
    LearningSession,
    Norm,
    NoSchoolDay,
    Resource,
    SessionTemplate,
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
        session = LearningSession.objects.create(
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
        _gather(cast, membership, session, number)
        _add_nodes(cast, number)


def _gather(cast: Cast, membership, session: LearningSession, number: int) -> None:
    """A row of everything that hangs on a session, also on the cast's first one, which pages show."""
    for held in (session, cast.year.learning_sessions.order_by("number")[0]):
        AgendaItem.objects.create(
            session=held,
            title=f"Item {number}",
            minutes=1,
            position=10 + number,
            lead=membership,
            guest=f"Guest {number}",
            protocol=f"Protocol {number}",
            preparation="Bring it",
            removed_at=None if number % 3 else held.starts_at,
        )
        group = DialogueGroup.objects.create(session=held, number=100 + number)
        GroupSeat.objects.create(group=group, session=held, membership=membership)
        Attendance.objects.create(session=held, membership=membership, arrived_at=held.starts_at, how="code")
    resource = Resource.objects.create(
        district=cast.district, title=f"Resource {number}", kind="protocol", text="Words"
    )
    resource.sessions.add(session)
    resource.competencies.add(cast.standard.nodes.competencies()[0])
    words = dict.fromkeys(("theme", "why", "provocations", "discussion", "questions"), "Words")
    DialogueKit.objects.create(
        district=cast.district, title=f"Kit {number}", think="T", discuss="D", act="A", **words
    )
    SessionTemplate.objects.create(
        district=cast.district, cohort=cast.cohort, name=f"Template {number}", shared=True
    )
    Certificate.objects.create(
        membership=membership, program_year=cast.year, holder=f"Grown {number}", minutes=180, sessions=1
    )


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
