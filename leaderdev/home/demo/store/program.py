"""Calendars, standard, cohort, program years and learning sessions of the main division."""

from __future__ import annotations

import datetime

from cohorts.models import (
    Cohort,
    District,
    LearningSession,
    Membership,
    Norm,
    NoSchoolDay,
    OfferedCompetency,
    ProgramYear,
    SchoolCalendar,
    Standard,
)
from cohorts.services.standards import adopt_library_standard
from leaderdev.accounts.models import User
from leaderdev.home.demo import focus, program, roster
from leaderdev.home.demo.plan import YearPlan
from leaderdev.home.demo.school_days import SchoolYear
from leaderdev.home.demo.world import World


def cohort(world: World) -> None:
    made = Cohort.objects.create(
        district=world.district,
        name=program.COHORT_NAME,
        slug=program.COHORT_SLUG,
        purpose=program.PURPOSE,
    )
    add_norms(made)
    Membership.objects.bulk_create(
        Membership(
            cohort=made,
            leader=world.leaders[person.key],
            role=role,
            joined_on=world.plan.joined[person.key],
            left_on=world.plan.left.get(person.key),
        )
        for person in roster.PEOPLE
        for role in person.in_cohort
    )
    standard = adopted(world.operator, world.district, program.STANDARD)
    states = (ProgramYear.State.CLOSED, ProgramYear.State.OPEN)
    lengths = (ProgramYear.SessionLength.HALF_DAY, ProgramYear.SessionLength.FULL_DAY)
    for plan, state, length in zip(world.plan.years, states, lengths, strict=True):
        year = ProgramYear.objects.create(
            cohort=made,
            label=plan.dates.label,
            starts_on=plan.dates.calendar.first,
            ends_on=plan.dates.calendar.last,
            state=state,
            standard=standard,
            calendar=add_calendar(world.district, plan.dates.calendar),
            selection_opens_on=plan.opens,
            selection_closes_on=plan.closes,
            session_length=length,
        )
        offer(year, standard, focus.OFFERED)
    _add_sessions(world)


def adopted(operator: User, district: District, slug: str) -> Standard:
    """The district's copy of a shipped standard, in use."""
    standard = adopt_library_standard(by=operator, district=district, slug=slug)
    standard.status = Standard.Status.IN_USE
    standard.save(update_fields=["status"])
    return standard


def offer(year: ProgramYear, standard: Standard, codes: tuple[str, ...]) -> None:
    OfferedCompetency.objects.bulk_create(
        OfferedCompetency(program_year=year, competency=node, position=place)
        for place, node in enumerate(standard.nodes.filter(code__in=codes).order_by("position"), start=1)
    )


def add_norms(made: Cohort) -> None:
    Norm.objects.bulk_create(
        Norm(cohort=made, position=place, text=text) for place, text in enumerate(program.NORMS, start=1)
    )


def add_calendar(district: District, year: SchoolYear) -> SchoolCalendar:
    calendar = SchoolCalendar.objects.create(
        district=district, label=year.label, first_day=year.first, last_day=year.last
    )
    NoSchoolDay.objects.bulk_create(
        NoSchoolDay(calendar=calendar, first_day=run.first, last_day=run.last, kind=run.kind, name=run.name)
        for run in year.days_off
    )
    return calendar


def _add_sessions(world: World) -> None:
    texts = (program.FIRST_YEAR_SESSIONS, program.SECOND_YEAR_SESSIONS)
    ends = (program.HALF_DAY_ENDS, program.FULL_DAY_ENDS)
    for year, plan, said, until in zip(world.years, world.plan.years, texts, ends, strict=True):
        LearningSession.objects.bulk_create(_sessions(world, year, plan, said, until))


def _sessions(
    world: World,
    year: ProgramYear,
    plan: YearPlan,
    said: tuple[program.SessionText, ...],
    until: datetime.time,
) -> list[LearningSession]:
    return [
        LearningSession(
            program_year=year,
            number=number,
            title=text.title,
            starts_at=world.instant(day, program.MORNING),
            ends_at=world.instant(day, until),
            host=world.schools[text.host],
            place=text.room,
        )
        for number, (day, text) in enumerate(zip(plan.dates.sessions, said, strict=True), start=1)
    ]


def draft_cohort(world: World) -> None:
    """Next year's cohort, with things still missing, so that the set-up checklist has something to say."""
    dates = world.plan.dates
    made = Cohort.objects.create(
        district=world.district,
        name=f"{program.DRAFT_NAME} {dates.next_first.year}",
        slug=program.DRAFT_SLUG,
        purpose=program.DRAFT_PURPOSE,
    )
    ProgramYear.objects.create(
        cohort=made,
        label=dates.next_label,
        starts_on=dates.next_first,
        ends_on=dates.next_last,
        standard=world.years[1].standard,
    )
    keys = {**dict.fromkeys(roster.DRAFT_PARTICIPANTS, roster.PARTICIPANT), roster.DRAFT_LEAD: roster.LEAD}
    Membership.objects.bulk_create(
        Membership(cohort=made, leader=world.leaders[key], role=role, joined_on=dates.today)
        for key, role in keys.items()
    )
