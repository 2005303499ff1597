"""Doors for the background worker: each opens one service."""

from celery import shared_task
from django.utils import timezone

from cohorts.services import roster


@shared_task(name="cohorts.tasks.forget_old_roster_imports", soft_time_limit=60, time_limit=90)
def forget_old_roster_imports() -> int:
    return roster.forget_old_imports(now=timezone.now())
