"""A second, small district behind the wall, with one cohort that is being set up."""

from __future__ import annotations

import datetime

from cohorts.models import Appointment, Cohort, District, Leader, Membership, ProgramYear, School, Supervision
from leaderdev.home.demo import program, roster
from leaderdev.home.demo.places import RIVER_BEND_PLACES
from leaderdev.home.demo.store.people import add_people, add_schools
from leaderdev.home.demo.store.program import adopted
from leaderdev.home.demo.world import World


def river_bend(world: World) -> None:
    dates = world.plan.dates
    district = District.objects.create(
        name=program.RIVER_BEND_NAME,
        short_name=program.RIVER_BEND_SHORT_NAME,
        slug=program.RIVER_BEND_SLUG,
        kind_word=District.Kind.BOARD,
        time_zone=program.RIVER_BEND_TIME_ZONE,
        contact_name="Yvonne Schuster",
        contact_email=f"yvonne.schuster@{program.RIVER_BEND_DOMAIN}",
    )
    schools = add_schools(district, RIVER_BEND_PLACES)
    leaders = add_people(
        district,
        [(person, f"{person.key}@{program.RIVER_BEND_DOMAIN}") for person in roster.RIVER_BEND_PEOPLE],
        added=world.instant(dates.today, datetime.time(7)),
        experience_shift=dates.first.calendar.first.year - roster.TOLD_AS_OF,
    )
    _posts(schools, leaders, dates.first.calendar.first)
    _cohort(world, district, leaders)


def _posts(schools: dict[str, School], leaders: dict[str, Leader], since: datetime.date) -> None:
    placed = [person for person in roster.RIVER_BEND_PEOPLE if person.role]
    Appointment.objects.bulk_create(
        Appointment(
            leader=leaders[person.key],
            school=schools[person.school],
            role_kind=person.role,
            also_teaches=person.teaches,
            starts_on=since,
        )
        for person in placed
    )
    head = {person.school: person.key for person in placed if person.role == roster.PRINCIPAL}
    top = next(person.key for person in placed if person.role == roster.SUPER)
    Supervision.objects.bulk_create(
        Supervision(
            leader=leaders[person.key],
            supervisor=leaders[head[person.school] if person.role == roster.AP else top],
            starts_on=since,
        )
        for person in placed
        if person.key != top
    )


def _cohort(world: World, district: District, leaders: dict[str, Leader]) -> None:
    dates = world.plan.dates
    cohort = Cohort.objects.create(
        district=district,
        name=program.RIVER_BEND_COHORT_NAME,
        slug=program.RIVER_BEND_COHORT_SLUG,
        purpose=program.RIVER_BEND_PURPOSE,
    )
    ProgramYear.objects.create(
        cohort=cohort,
        label=dates.next_label,
        starts_on=dates.next_first,
        ends_on=dates.next_last,
        standard=adopted(world.operator, district, program.RIVER_BEND_STANDARD),
    )
    Membership.objects.bulk_create(
        Membership(cohort=cohort, leader=leaders[person.key], role=role, joined_on=dates.today)
        for person in roster.RIVER_BEND_PEOPLE
        for role in person.in_cohort
    )
