"""Doors for the background worker: each opens one service."""

import uuid

from celery import shared_task
from django.utils import timezone

from cohorts.services import certificates, roster
from cohorts.services.sessions import invitations


@shared_task(name="cohorts.tasks.forget_old_roster_imports", soft_time_limit=60, time_limit=90)
def forget_old_roster_imports() -> int:
    return roster.forget_old_imports(now=timezone.now())


@shared_task(name=certificates.MAKE_TASK, ignore_result=True, soft_time_limit=90, time_limit=110)
def make_attendance_paper(pk: str) -> bool:
    return certificates.make_paper(pk=uuid.UUID(pk))


@shared_task(name="cohorts.tasks.sweep_attendance_papers", ignore_result=True)
def sweep_attendance_papers() -> int:
    """Every minute: papers that are a day old, and those that a lost message left behind."""
    return certificates.sweep_papers(now=timezone.now())


@shared_task(name="cohorts.tasks.invite_to_sessions", ignore_result=True, soft_time_limit=240, time_limit=280)
def invite_to_sessions() -> int:
    """Every few minutes: calendars follow who is expected in the sessions to come."""
    return invitations.invite_to_sessions(now=timezone.now())
