"""Doors for the background worker: each opens one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from coaching.services import own_calendars, seats, trio_proposals


@shared_task(name=trio_proposals.FORM_TASK, ignore_result=True, soft_time_limit=120, time_limit=140)
def form_proposal(pk: int) -> bool:
    return trio_proposals.form_proposal(pk=pk)


@shared_task(
    name="coaching.tasks.sweep_trio_proposals", ignore_result=True, soft_time_limit=240, time_limit=280
)
def sweep_trio_proposals() -> int:
    """Every minute: form what a lost message or a killed worker left behind."""
    return trio_proposals.form_due(now=timezone.now())


@shared_task(name="coaching.tasks.follow_seats", ignore_result=True, soft_time_limit=240, time_limit=280)
def follow_seats() -> int:
    """Every hour: calendars of planned meetings follow who sits in the trio."""
    return seats.follow_seats(now=timezone.now())


@shared_task(name=own_calendars.READ_TASK, ignore_result=True, soft_time_limit=240, time_limit=280)
def read_own_calendars() -> int:
    """Every few minutes, and when somebody has just given an address: read the calendars that are due."""
    return own_calendars.read_due(now=timezone.now())
