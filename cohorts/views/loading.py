"""Fetch and authorize: what a stranger may not know of is not found."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from cohorts.models import Cohort, Membership, ProgramYear


def load_cohort(user: Any, slug: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(user).select_related("district"), slug=slug)


def load_year(user: Any, slug: str, year: str) -> ProgramYear:
    years = ProgramYear.objects.visible_to(user).select_related("cohort__district", "standard")
    return get_object_or_404(years, cohort__slug=slug, slug=year)


def participation(user: Any, year: ProgramYear) -> Membership | None:
    """The person's current membership as a participant of the year's cohort, or None."""
    mine = Membership.objects.of_person(user).participants().current().select_related("leader__user")
    return mine.filter(cohort_id=year.cohort_id).first()


def current_year(user: Any, cohort: Cohort) -> ProgramYear | None:
    """The year that a cohort's own page shows: the open one, else the next being set up, else the last."""
    years = list(
        ProgramYear.objects.visible_to(user)
        .filter(cohort=cohort)
        .select_related("cohort__district", "standard")
        .order_by("-starts_on")
    )
    for state in (ProgramYear.State.OPEN, ProgramYear.State.DRAFT, ProgramYear.State.CLOSED):
        for year in years:
            if year.state == state:
                return year
    return None
