"""A whole year of visits: 18 groups, everybody hosts once, and the money comes out to the cent."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from coaching.models import CoachingSession, ReleaseRequest
from coaching.services import release_time
from cohorts.models import Appointment, Membership, Trio, TrioSeat
from tests.cast import YEAR_START, make_leader

NOW = datetime.datetime(2026, 9, 14, 16, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SIZES = [3] * 17 + [4]
# Half of it is 131.175: each half day costs 131.18, and 55 of them 0.275 more than 27.5 full days.
RATE = Decimal("262.35")
HALVES, FULLS = 55, 17 * 3 * 2 + 4 * 3
TOTAL = HALVES * Decimal("131.18") + FULLS * RATE


@pytest.fixture
def groups(cast) -> list[list[TrioSeat]]:
    """18 groups of people who all teach."""
    Trio.objects.all().delete()
    found = []
    for group, size in enumerate(SIZES):
        trio = Trio.objects.create(
            program_year=cast.year,
            competency=cast.trio.competency,
            number=group + 1,
            published_at=NOW,
        )
        people = [
            make_leader(cast.district, f"g{group}-{place}@example.ca", school=cast.schools[1])
            for place in range(size)
        ]
        members = Membership.objects.bulk_create(
            Membership(cohort=cast.cohort, leader=leader, joined_on=cast.year.starts_on) for leader in people
        )
        found.append(
            [
                TrioSeat.objects.create(trio=trio, membership=member, seated_on=YEAR_START)
                for member in members
            ]
        )
    Appointment.objects.update(also_teaches=True)
    return found


def visits_of(seats: list[TrioSeat], first: datetime.datetime) -> list[CoachingSession]:
    return [
        CoachingSession.objects.create(
            trio=host.trio,
            kind="visit",
            state="confirmed",
            round_number=number,
            host=host,
            organizer=host.membership,
            proposed_at=NOW,
            starts_at=first + 28 * DAY * number,
            ends_at=first + 28 * DAY * number + datetime.timedelta(hours=3),
        )
        for number, host in enumerate(seats, start=1)
    ]


def test_fifty_five_host_visits_cost_what_they_cost_to_the_cent(cast, client, groups):
    """The host is away from class for a morning, everybody who visits for a day."""
    assert Decimal("37122.80") == TOTAL
    with time_machine.travel(NOW, tick=False) as clock:
        year, lead = cast.year, cast.lead
        values = {"days": Decimal("141.5"), "day_rate": RATE, "cost_code": "410-77"}
        release_time.set_budget(by=lead, year=year, values={**values, "dollars": TOTAL - Decimal("0.01")})
        visits = [visit for seats in groups for visit in visits_of(seats, NOW)]
        assert len(visits) == 55 and {visit.host_id for visit in visits} == {
            seat.pk for seats in groups for seat in seats
        }
        by_trio = {seats[0].trio_id: seats for seats in groups}
        asked = ReleaseRequest.objects.bulk_create(
            ReleaseRequest(
                coaching_session=visit,
                seat=seat,
                portion="morning" if seat.pk == visit.host_id else "full",
                asked_at=NOW,
            )
            for visit in visits
            for seat in by_trio[visit.trio_id]
        )
        *others, last = asked
        for request in others:
            release_time.approve(by=lead, request=request)
        with pytest.raises(release_time.OverBudgetError):
            release_time.approve(by=lead, request=last)
        budget = release_time.set_budget(by=lead, year=year, values={**values, "dollars": TOTAL})
        release_time.approve(by=lead, request=last)

        ledger = release_time.ledger_of(year, budget)
        assert (ledger.committed_days, ledger.committed) == (Decimal("141.5"), TOTAL)
        assert (ledger.days_left, ledger.left, ledger.used) == (0, 0, 0)

        client.force_login(lead)
        table = client.get(reverse("coaching:release_csv", args=[year.cohort.slug, year.slug]))
        rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert len(rows) == HALVES + FULLS
        (cost,) = [name for name in rows[0] if "ost" in name and "ode" not in name]
        assert sum(Decimal(row[cost]) for row in rows) == TOTAL

        # After the second month's visits: 18 groups have hosted twice; one visit that fell through is free.
        clock.move_to(NOW + 60 * DAY)
        second = CoachingSession.objects.filter(trio=groups[0][0].trio, round_number=2)
        second.update(state="not_held", logged_at=second[0].ends_at)
        ledger = release_time.ledger_of(year, budget)
        assert ledger.used == 17 * 2 * (2 * RATE + Decimal("131.18")) - (2 * RATE + Decimal("131.18")) + 2 * (
            3 * RATE + Decimal("131.18")
        )
        assert ledger.left == 2 * RATE + Decimal("131.18")
        assert ledger.used + ledger.committed + ledger.left == TOTAL
