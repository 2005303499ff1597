"""Goes through the districts of a size, one transaction each, keeping nothing of the one before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cohorts.models import District
from leaderdev.accounts.models import User
from leaderdev.home.demo.dates import DemoYear, demo_dates, session_days
from leaderdev.home.demo.school_days import school_year
from leaderdev.home.scale.rows import DistrictRows
from leaderdev.home.scale.sizes import Size

OPERATOR_EMAIL = "operator@scale.example"


def program_years(today: datetime.date, count: int) -> list[DemoYear]:
    """The open year half-way through on `today`, and the finished years before it; earliest first."""
    current = demo_dates(today).second
    years = [current]
    for back in range(1, count):
        weeks = datetime.timedelta(days=364 * back)
        calendar = school_year(current.calendar.first - weeks, current.calendar.last - weeks)
        sessions = session_days(calendar, None)
        if sessions is None:
            raise ValueError(f"No six session days fit into {calendar.label}.")
        years.insert(0, DemoYear(calendar, sessions))
    return years


def generate(size: Size, *, seed: int, today: datetime.date) -> Iterator[int]:
    """Store every district that is not there yet; yields each number after its transaction is committed."""
    operator = _operator()
    years = program_years(today, size.years)
    for number in range(1, size.districts + 1):
        if not District.objects.filter(slug=size.slug(number)).exists():
            with transaction.atomic():
                DistrictRows(size, number, seed, years, operator).store()
        yield number


def _operator() -> User:
    person, _made = User.objects.get_or_create(
        email=OPERATOR_EMAIL,
        defaults={
            "name": "Scale Operator",
            "password": make_password(None),
            "is_staff": True,
            "is_superuser": True,
        },
    )
    return person
