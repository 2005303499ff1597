"""The division, its schools and its people, with dated posts and reporting lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from cohorts.models import Appointment, District, Leader, School, Supervision
from leaderdev.accounts.models import User
from leaderdev.home.demo import program, roster
from leaderdev.home.demo.places import DIVISION_PLACES, OFFICE, Place
from leaderdev.home.demo.world import World, email_of


def operator(world: World) -> None:
    """Runs the installation."""
    joined = world.instant(world.plan.dates.today, datetime.time(7))
    person = User.objects.create(
        email=program.OPERATOR_EMAIL,
        name="Robin Operator",
        password=make_password(None),
        is_staff=True,
        is_superuser=True,
        date_joined=joined,
    )
    _confirm_addresses([person])


def division(world: World) -> None:
    district = District.objects.create(
        name=program.NAME,
        short_name=program.SHORT_NAME,
        slug=program.SLUG,
        kind_word=District.Kind.DIVISION,
        time_zone=program.TIME_ZONE,
        contact_name="Rosalind Achtemichuk",
        contact_email=email_of("rosalind.achtemichuk"),
    )
    add_schools(district, DIVISION_PLACES)
    added = world.instant(world.plan.dates.first.calendar.first, datetime.time(8))
    experience_shift = world.plan.dates.first.calendar.first.year - roster.TOLD_AS_OF
    leaders = add_people(
        district,
        [(person, email_of(person.key)) for person in roster.PEOPLE],
        added=added,
        experience_shift=experience_shift,
    )
    for key in world.plan.left:
        leaders[key].is_active = False
    Leader.objects.bulk_update(leaders.values(), ["is_active"])
    for key, seen in world.plan.last_seen.items():
        leaders[key].user.last_login = seen.replace(tzinfo=world.zone)
    User.objects.bulk_update((leader.user for leader in leaders.values()), ["last_login"])
    _add_posts(world, leaders)


def add_schools(district: District, places: Iterable[Place]) -> dict[str, School]:
    """The schools by code."""
    schools = School.objects.bulk_create(
        School(
            district=district,
            name=place.name,
            code=place.code,
            kind=School.Kind.CENTRAL_OFFICE if place.code == OFFICE else School.Kind.SCHOOL,
            grades=place.grades,
            address=place.address,
            latitude=Decimal(str(place.latitude)),
            longitude=Decimal(str(place.longitude)),
        )
        for place in places
    )
    return {school.code: school for school in schools}


def add_people(
    district: District,
    people: list[tuple[roster.Person, str]],
    *,
    added: datetime.datetime,
    experience_shift: int,
) -> dict[str, Leader]:
    """The leaders by key, each with a person who signs in by a click only: no password works."""
    users = User.objects.bulk_create(
        User(
            email=email,
            name=person.name,
            preferred_name=person.called,
            password=make_password(None),
            time_zone=district.time_zone,
            date_joined=added,
        )
        for person, email in people
    )
    _confirm_addresses(users)
    leaders = Leader.objects.bulk_create(
        Leader(
            district=district,
            user=user,
            employee_number=f"{4100 + number}" if person.role else "",
            manages_program=person.manages,
            leads_since=person.since + experience_shift if person.since else None,
        )
        for number, ((person, _email), user) in enumerate(zip(people, users, strict=True))
    )
    return {person.key: leader for (person, _email), leader in zip(people, leaders, strict=True)}


def _confirm_addresses(users: list[User]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def _add_posts(world: World, leaders: dict[str, Leader]) -> None:
    Appointment.objects.bulk_create(
        Appointment(
            leader=leaders[post.key],
            school=world.schools[post.school],
            role_kind=post.role,
            role_title=post.title,
            also_teaches=post.teaches,
            starts_on=post.starts,
            ends_on=post.ends,
        )
        for post in world.plan.posts
    )
    Supervision.objects.bulk_create(
        Supervision(
            leader=leaders[line.key],
            supervisor=leaders[line.supervisor],
            starts_on=line.starts,
            ends_on=line.ends,
        )
        for line in world.plan.lines
    )
