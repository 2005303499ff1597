"""What the storing parts share: the plan, the clock of the division, and what is stored so far."""

from __future__ import annotations

import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from cohorts.models import (
    Appointment,
    Cohort,
    District,
    Leader,
    Membership,
    ProgramYear,
    School,
    StandardNode,
)
from leaderdev.accounts.models import User
from leaderdev.home.demo import program
from leaderdev.home.demo.formed import FormedYear, SchoolFacts, formed_years
from leaderdev.home.demo.plan import DemoPlan
from leaderdev.home.demo.roster import RESEARCHERS

_RESEARCHER_KEYS = {person.key for person in RESEARCHERS}


def email_of(key: str) -> str:
    """The address of somebody of the main division's program."""
    domain = program.UNIVERSITY_DOMAIN if key in _RESEARCHER_KEYS else program.EMAIL_DOMAIN
    return f"{key}@{domain}"


class World:
    """Lookups are by what people know things by, and fail on what a visitor renamed since the first loading.

    Each lookup is made once, when it is first asked for: a part must not ask for what it is about to store.
    """

    def __init__(self, plan: DemoPlan) -> None:
        self.plan = plan
        self.zone = ZoneInfo(program.TIME_ZONE)

    def instant(self, day: datetime.date, time: datetime.time) -> datetime.datetime:
        return datetime.datetime.combine(day, time, self.zone)

    @cached_property
    def operator(self) -> User:
        return User.objects.get(email=program.OPERATOR_EMAIL)

    @cached_property
    def district(self) -> District:
        return District.objects.get(slug=program.SLUG)

    @cached_property
    def schools(self) -> dict[str, School]:
        return {school.code: school for school in School.objects.in_district(self.district)}

    @cached_property
    def leaders(self) -> dict[str, Leader]:
        """By the part of the address before the @."""
        found = Leader.objects.in_district(self.district).select_related("user")
        return {leader.user.email.partition("@")[0]: leader for leader in found}

    @cached_property
    def cohort(self) -> Cohort:
        return Cohort.objects.get(slug=program.COHORT_SLUG)

    @cached_property
    def years(self) -> tuple[ProgramYear, ProgramYear]:
        """The finished year and the one that is half-way."""
        labels = [year.dates.label for year in self.plan.years]
        found = {year.label: year for year in self.cohort.years.filter(label__in=labels)}
        return found[labels[0]], found[labels[1]]

    @cached_property
    def members(self) -> dict[tuple[str, str], Membership]:
        """By key of the person and role."""
        found = self.cohort.memberships.select_related("leader__user")
        return {(member.leader.user.email.partition("@")[0], member.role): member for member in found}

    @cached_property
    def formed(self) -> tuple[FormedYear, FormedYear]:
        """The trios of both years by the real solver: some seconds, when first asked for."""
        schools = {
            code: SchoolFacts(
                None if school.latitude is None else float(school.latitude),
                None if school.longitude is None else float(school.longitude),
                school.grades,
            )
            for code, school in self.schools.items()
        }
        labels = {code: node.coded_label for code, node in self.competencies.items()}
        roles = {kind: str(word) for kind, word in Appointment.Role.choices}
        return formed_years(self.plan, schools, labels, roles)

    @cached_property
    def competencies(self) -> dict[str, StandardNode]:
        """The competencies that the second year offers, by code."""
        return {node.code: node for node in self.years[1].competencies.all()}
