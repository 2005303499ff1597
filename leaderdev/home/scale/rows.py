"""Stores one synthetic district in bulk."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from cohorts.models import (
    Appointment,
    Cohort,
    CompetencySelection,
    District,
    Leader,
    LearningSession,
    Membership,
    ProgramYear,
    School,
    Supervision,
    Trio,
    TrioSeat,
)
from leaderdev.accounts.models import User
from leaderdev.home.demo import focus, program
from leaderdev.home.demo.dates import DemoYear
from leaderdev.home.demo.store.program import add_calendar, adopted, offer
from leaderdev.home.demo.words import SCHOOL, Writer
from leaderdev.home.scale.people import Drawn, DrawnYear, draw_people, draw_years
from leaderdev.home.scale.sizes import Size

ZONE = ZoneInfo(program.TIME_ZONE)
_DAY = datetime.timedelta(days=1)


class DistrictRows:
    """One district from its roll to its trios. The same seed, size and number give the same district."""

    def __init__(self, size: Size, number: int, seed: int, years: list[DemoYear], operator: User) -> None:
        self._rng = random.Random(f"{seed}:{size.name}:{number}")  # noqa: S311  seeded on purpose
        self._size, self._number, self._operator = size, number, operator
        self._years = years
        self._first_day = years[0].calendar.first
        self._people = draw_people(self._rng, size)
        self._drawn = draw_years(self._rng, self._people, size.years)
        self._writer = Writer(self._rng)

    def store(self) -> None:
        slug = self._size.slug(self._number)
        self.district = District.objects.create(
            name=f"District {self._number} ({self._size.name})", short_name=f"D{self._number}", slug=slug
        )
        self._store_roll(slug)
        self._store_cohort(slug)
        for year, drawn in zip(self._years, self._drawn, strict=True):
            self._store_year(year, drawn)

    def _store_roll(self, slug: str) -> None:
        self.schools = School.objects.bulk_create(self._school(n) for n in range(self._size.schools + 1))
        joined = _instant(self._first_day, 8)
        users = User.objects.bulk_create(
            User(
                email=f"leader-{n:04}@{slug}.example",
                name=person.name,
                password=make_password(None),
                date_joined=joined,
            )
            for n, person in enumerate(self._people)
        )
        self.leaders = Leader.objects.bulk_create(
            Leader(
                district=self.district,
                user=user,
                employee_number=str(n),
                leads_since=self._first_day.year - person.years_led,
            )
            for n, (user, person) in enumerate(zip(users, self._people, strict=True))
        )
        Appointment.objects.bulk_create(self._post(n, person) for n, person in enumerate(self._people))
        Supervision.objects.bulk_create(
            Supervision(
                leader=self.leaders[n], supervisor=self.leaders[person.boss], starts_on=self._first_day
            )
            for n, person in enumerate(self._people)
            if person.boss is not None
        )

    def _school(self, n: int) -> School:
        """School 0 is the office; the others lie around it, most of them near."""
        north, east = (self._rng.gauss(0, 0.4) if n else 0.0 for _axis in range(2))
        return School(
            district=self.district,
            code=f"{n:03}",
            name=f"School {n}" if n else "District office",
            kind=School.Kind.SCHOOL if n else School.Kind.CENTRAL_OFFICE,
            grades=self._rng.choice(("K–6", "K–6", "K–9", "7–9", "10–12", "K–12")) if n else "",
            latitude=Decimal(f"{52 + north:.5f}"),
            longitude=Decimal(f"{-112 + east:.5f}"),
        )

    def _post(self, n: int, person: Drawn) -> Appointment:
        return Appointment(
            leader=self.leaders[n],
            school=self.schools[person.school],
            role_kind=person.role,
            also_teaches=person.teaches,
            starts_on=self._first_day - _DAY * 364 * self._rng.randint(0, 5),
        )

    def _store_cohort(self, slug: str) -> None:
        self.cohort = Cohort.objects.create(
            district=self.district, name="Leaders", slug=slug, purpose=program.PURPOSE
        )
        members = [(leader, Membership.Role.PARTICIPANT) for leader in self.leaders]
        self.members = Membership.objects.bulk_create(
            Membership(cohort=self.cohort, leader=leader, role=role, joined_on=self._first_day)
            for leader, role in [*members, (self.leaders[0], Membership.Role.LEAD)]
        )
        self.standard = adopted(self._operator, self.district, program.STANDARD)
        found = self.standard.nodes.filter(code__in=focus.OFFERED)
        self.competencies = {node.code: node for node in found}

    def _store_year(self, dates: DemoYear, drawn: DrawnYear) -> None:
        is_open = dates is self._years[-1]
        year = ProgramYear.objects.create(
            cohort=self.cohort,
            label=dates.label,
            starts_on=dates.calendar.first,
            ends_on=dates.calendar.last,
            state=ProgramYear.State.OPEN if is_open else ProgramYear.State.CLOSED,
            standard=self.standard,
            calendar=add_calendar(self.district, dates.calendar),
            selection_opens_on=dates.calendar.first,
            selection_closes_on=dates.sessions[1],
        )
        offer(year, self.standard, focus.OFFERED)
        LearningSession.objects.bulk_create(
            LearningSession(
                program_year=year,
                number=number,
                title=said.title,
                starts_at=_instant(day, 9),
                ends_at=_instant(day, 15),
                host=self._rng.choice(self.schools[1:]),
            )
            for number, (day, said) in enumerate(
                zip(dates.sessions, program.SECOND_YEAR_SESSIONS, strict=True), start=1
            )
        )
        self._store_choices(year, dates, drawn)
        self._store_trios(year, dates, drawn)

    def _store_choices(self, year: ProgramYear, dates: DemoYear, drawn: DrawnYear) -> None:
        """Most choose in the week of the first session; a change within the year follows 20 days later."""
        first, changes = [], []
        for n, code in drawn.focus.items():
            at = _instant(dates.sessions[0] + _DAY * self._rng.randint(-3, 8), self._rng.randint(7, 21))
            before = drawn.before_change.get(n)
            choice = self._choice(year, n, before or code, at)
            first.append(choice)
            if before:
                choice.superseded_at = at + _DAY * 20
                change = self._choice(year, n, code, choice.superseded_at)
                change.replaces, change.change_reason = choice, CompetencySelection.Reason.PRIORITIES
                changes.append(change)
        CompetencySelection.objects.bulk_create(first)
        CompetencySelection.objects.bulk_create(changes)

    def _choice(self, year: ProgramYear, n: int, code: str, at: datetime.datetime) -> CompetencySelection:
        # Texts may repeat here: only their length matters to a benchmark.
        return CompetencySelection(
            membership=self.members[n],
            program_year=year,
            competency=self.competencies[code],
            rationale=self._writer.any_rationale(code, at=SCHOOL),
            strategies=self._writer.any_strategy(code, at=SCHOOL),
            chosen_at=at,
        )

    def _store_trios(self, year: ProgramYear, dates: DemoYear, drawn: DrawnYear) -> None:
        told = dates.sessions[1] + _DAY * 6
        trios = Trio.objects.bulk_create(
            Trio(
                program_year=year,
                number=number,
                competency=self.competencies[code],
                published_at=_instant(told, 16),
            )
            for number, (code, _seats) in enumerate(drawn.trios, start=1)
        )
        TrioSeat.objects.bulk_create(
            TrioSeat(trio=trio, program_year=year, membership=self.members[n], seated_on=told)
            for trio, (_code, seats) in zip(trios, drawn.trios, strict=True)
            for n in seats
        )


def _instant(day: datetime.date, hour: int) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), ZONE)
