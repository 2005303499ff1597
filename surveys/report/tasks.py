"""Doors for the background worker: each opens one service."""

from __future__ import annotations

import uuid

from celery import shared_task
from django.utils import timezone

from surveys.services import reports


@shared_task(name=reports.MAKE_TASK, ignore_result=True, soft_time_limit=90, time_limit=110)
def make_report(pk: str) -> bool:
    return reports.make_report(pk=uuid.UUID(pk))


@shared_task(name="surveys.tasks.sweep_reports", ignore_result=True)
def sweep_reports() -> int:
    """Every minute: reports that are a day old, and those that a lost message left behind."""
    return reports.sweep_reports(now=timezone.now())
