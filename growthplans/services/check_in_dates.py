"""By when a year's check-ins are held, and the check-ins of each plan that follow from it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F

from cohorts.models import ProgramYear
from growthplans.check_in_calendar import usual_dates
from growthplans.models import CheckIn, CheckInDate, GrowthPlan


def dates_of(year: ProgramYear) -> dict[str, datetime.date]:
    """Kind → day. The usual days are written down the first time anybody asks, so that leads find them."""
    found = dict(CheckInDate.objects.filter(program_year=year).values_list("kind", "due_on"))
    if found:
        return found
    usual = usual_dates(year.starts_on, year.ends_on)
    rows = [CheckInDate(program_year=year, kind=kind, due_on=day) for kind, day in usual.items()]
    CheckInDate.objects.bulk_create(rows, ignore_conflicts=True)
    return usual


def ensure_check_ins(*, plan: GrowthPlan) -> None:
    """The check-ins that the plan's year asks for; those that are there keep what was said and moved."""
    CheckIn.objects.bulk_create(
        [
            CheckIn(plan=plan, kind=kind, due_on=day, first_due_on=day)
            for kind, day in dates_of(plan.program_year).items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def follow(*, dates: CheckInDate) -> None:
    """Carry a lead's day to the year's plans: to the check-ins that are planned and that nobody has moved.

    A kind that is new to the year is planned in every plan that is shared and not closed.
    """
    planned = CheckIn.objects.filter(
        plan__program_year_id=dates.program_year_id,
        kind=dates.kind,
        state=CheckIn.State.PLANNED,
        due_on=F("first_due_on"),
    )
    planned.update(due_on=dates.due_on, first_due_on=dates.due_on)
    plans = GrowthPlan.objects.filter(program_year_id=dates.program_year_id).shared()
    CheckIn.objects.bulk_create(
        [
            CheckIn(plan=plan, kind=dates.kind, due_on=dates.due_on, first_due_on=dates.due_on)
            for plan in plans.exclude(state=GrowthPlan.State.CLOSED)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def forget(*, dates: CheckInDate) -> None:
    """A kind that the year no longer asks for: planned check-ins go, held and skipped ones stay."""
    CheckIn.objects.filter(
        plan__program_year_id=dates.program_year_id, kind=dates.kind, state=CheckIn.State.PLANNED
    ).delete()
    dates.delete()
