"""What forming trios asks of those who configure a year."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choosing import Choosing
from cohorts.models import CompetencySelection, Membership, TrioSeat
from cohorts.services.selections import phase_of
from cohorts.standing import standing_of
from leaderdev.common.todo import Task


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """One query: people who have chosen and sit nowhere, once choosing is over or trios are formed."""
    standing = standing_of(user)
    years = [year for year in standing.years if year.is_open and standing.configures(year.cohort.district_id)]
    if not years:
        return []
    seats = TrioSeat.objects.filter(program_year=OuterRef("program_year"), left_on=None)
    chosen = CompetencySelection.objects.current().filter(
        program_year__in=years,
        membership__role=Membership.Role.PARTICIPANT,
        membership__left_on=None,
        membership__leader__is_active=True,
        membership__leader__user__is_active=True,
    )
    rows = chosen.annotate(
        seated=Exists(seats.filter(membership=OuterRef("membership"))), formed=Exists(seats)
    ).values_list("program_year_id", "seated", "formed")
    waiting = Counter(year for year, seated, known in rows if not seated)
    formed = {year for year, known, there in rows if there}
    return [
        _task(year, waiting[year.pk], repair=year.pk in formed)
        for year in years
        if waiting[year.pk] and (year.pk in formed or phase_of(year, now) is Choosing.OVER)
    ]


def _task(year: Any, people: int, *, repair: bool) -> Task:
    title = ngettext(
        "%(people)d person of %(year)s is ready and has no trio",
        "%(people)d people of %(year)s are ready and have no trio",
        people,
    )
    return Task(
        title=title % {"people": people, "year": year},
        url=reverse("coaching:forming", args=[year.cohort.slug, year.slug]),
        button=ngettext("Find a seat", "Find seats", people) if repair else _("Form trios"),
        icon="people",
        audience="lead",
    )
