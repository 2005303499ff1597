"""The facts behind the set-up checklist, for one year or for many, in the same number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q

from cohorts.models import (
    Appointment,
    LearningSession,
    Membership,
    Norm,
    NoSchoolDay,
    OfferedCompetency,
    ProgramYear,
    StandardNode,
    Supervision,
)
from cohorts.setup.items import DayRun, YearFacts
from leaderdev.accounts.models import Invitation


def gather(years: Sequence[ProgramYear]) -> dict[int, YearFacts]:
    """Facts by the year's id. The years come with cohort, district and calendar; eight queries in all."""
    cohorts = {year.cohort_id for year in years}
    people, places, norms = _people(cohorts), _schools_without_place(cohorts), _norms(cohorts)
    offered, available = _offered(years), _available(years)
    sessions, no_school, open_years = _session_days(years), _no_school(years), _open_years(cohorts)
    return {
        year.pk: YearFacts(
            starts_on=year.starts_on,
            ends_on=year.ends_on,
            selection_opens_on=year.selection_opens_on,
            selection_closes_on=year.selection_closes_on,
            available=available.get(year.standard_id, 0),
            **offered.get(year.pk, {}),
            **people.get(year.cohort_id, {}),
            schools_without_place=places.get(year.cohort_id, 0),
            norms=norms.get(year.cohort_id, 0),
            calendar=_run_of(year),
            no_school=no_school[year.calendar_id],
            session_days=sessions[year.pk],
            other_open_year=_other_than(year, open_years[year.cohort_id]),
        )
        for year in years
    }


def _people(cohorts: set[int]) -> dict[int, dict[str, int]]:
    taking_part = Q(role=Membership.Role.PARTICIPANT)
    post = Exists(Appointment.objects.current().filter(leader_id=OuterRef("leader_id")))
    line = Exists(Supervision.objects.current().filter(leader_id=OuterRef("leader_id")))
    never_in = Q(leader__user__last_login=None)
    asked = Exists(Invitation.objects.filter(user_id=OuterRef("leader__user_id")))
    rows = (
        Membership.objects.current()
        .filter(cohort_id__in=cohorts)
        .order_by()
        .values("cohort_id")
        .annotate(
            participants=Count("pk", filter=taking_part),
            leads=Count("pk", filter=Q(role=Membership.Role.LEAD)),
            without_school=Count("pk", filter=taking_part & ~Q(post)),
            without_supervisor=Count("pk", filter=taking_part & ~Q(line)),
            not_invited=Count("leader", filter=never_in & ~Q(asked), distinct=True),
        )
    )
    return {row.pop("cohort_id"): row for row in rows}


def _schools_without_place(cohorts: set[int]) -> dict[int, int]:
    here = Q(leader__appointments__ends_on=None, leader__appointments__school__latitude=None)
    rows = (
        Membership.objects.current()
        .participants()
        .filter(here, cohort_id__in=cohorts, leader__appointments__isnull=False)
        .order_by()
        .values("cohort_id")
        .annotate(n=Count("leader__appointments__school", distinct=True))
    )
    return {row["cohort_id"]: row["n"] for row in rows}


def _norms(cohorts: set[int]) -> dict[int, int]:
    rows = Norm.objects.filter(cohort_id__in=cohorts).order_by().values("cohort_id").annotate(n=Count("pk"))
    return {row["cohort_id"]: row["n"] for row in rows}


def _offered(years: Sequence[ProgramYear]) -> dict[int, dict[str, int]]:
    foreign = ~Q(competency__standard_id=F("program_year__standard_id"))
    rows = (
        OfferedCompetency.objects.filter(program_year__in=years)
        .order_by()
        .values("program_year_id")
        .annotate(offered=Count("pk"), foreign_offered=Count("pk", filter=foreign))
    )
    return {row.pop("program_year_id"): row for row in rows}


def _available(years: Sequence[ProgramYear]) -> dict[int, int]:
    standards = {year.standard_id for year in years}
    nodes = StandardNode.objects.competencies().filter(standard_id__in=standards)
    rows = nodes.order_by().values("standard_id").annotate(n=Count("pk"))
    return {row["standard_id"]: row["n"] for row in rows}


def _session_days(years: Sequence[ProgramYear]) -> dict[int, list[datetime.date]]:
    """The district's date of each session, so that an evening in Edmonton is not tomorrow in UTC."""
    zones = {year.pk: ZoneInfo(year.cohort.district.time_zone) for year in years}
    found: dict[int, list[datetime.date]] = defaultdict(list)
    rows = LearningSession.objects.filter(program_year__in=years).values_list("program_year_id", "starts_at")
    for year_id, starts_at in rows:
        found[year_id].append(starts_at.astimezone(zones[year_id]).date())
    return found


def _no_school(years: Sequence[ProgramYear]) -> dict[int | None, list[DayRun]]:
    calendars = {year.calendar_id for year in years}
    found: dict[int | None, list[DayRun]] = defaultdict(list)
    rows = NoSchoolDay.objects.filter(calendar_id__in=calendars)
    for calendar_id, first, last in rows.values_list("calendar_id", "first_day", "last_day"):
        found[calendar_id].append((first, last))
    return found


def _open_years(cohorts: set[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in ProgramYear.objects.open().filter(cohort_id__in=cohorts).values("cohort_id", "pk", "label"):
        found[row["cohort_id"]].append(row)
    return found


def _other_than(year: ProgramYear, open_years: list[dict[str, Any]]) -> str:
    return next((row["label"] for row in open_years if row["pk"] != year.pk), "")


def _run_of(year: ProgramYear) -> DayRun | None:
    return (year.calendar.first_day, year.calendar.last_day) if year.calendar else None
