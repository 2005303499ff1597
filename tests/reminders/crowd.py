"""Many people with one learning session later today, where it is day now: for real clocks and processes."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from cohorts.models import Leader, LearningSession, Membership, ProgramYear
from leaderdev.accounts.models import User
from tests.cast import make_cohort, make_district, make_standard, make_year


def noon_zone(now: dt.datetime) -> str:
    """A zone in which it is about noon at an instant, so that mail may leave and the day is long enough."""
    ahead = 12 - now.hour
    return f"Etc/GMT{'-' if ahead >= 0 else '+'}{abs(ahead)}"


def addresses(count: int) -> list[str]:
    return [f"person{number:06}@example.ca" for number in range(count)]


def make_crowd(count: int, now: dt.datetime, slug: str = "crowded") -> LearningSession:
    """`count` participants and a session in five hours: each has one reminder due, that of the day before."""
    zone = noon_zone(now)
    district = make_district(
        slug, time_zone=zone, contact_email="office@example.ca", contact_name="Rosa Office"
    )
    first = now.date() - dt.timedelta(days=30)
    year = make_year(
        make_cohort(district),
        make_standard(district, competencies=1, indicators=1),
        state=ProgramYear.State.OPEN,
        starts_on=first,
        ends_on=now.date() + dt.timedelta(days=300),
        selection_opens_on=None,
        selection_closes_on=None,
    )
    password = make_password(None)
    users = User.objects.bulk_create(
        [
            User(email=f"{slug}-{address}", name=f"Person {n}", time_zone=zone, password=password)
            for n, address in enumerate(addresses(count))
        ],
        batch_size=2000,
    )
    leaders = Leader.objects.bulk_create(
        [Leader(district=district, user=user) for user in users], batch_size=2000
    )
    Membership.objects.bulk_create(
        [
            Membership(cohort=year.cohort, leader=leader, role="participant", joined_on=first)
            for leader in leaders
        ],
        batch_size=2000,
    )
    return LearningSession.objects.create(
        program_year=year,
        number=1,
        title="Coaching conversations",
        starts_at=now + dt.timedelta(hours=5),
        ends_at=now + dt.timedelta(hours=6),
    )
