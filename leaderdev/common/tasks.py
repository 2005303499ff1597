"""Doors of the background work; each opens one service. Losing a message loses nothing: the rows decide."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from leaderdev.common import health
from leaderdev.common.mail import delivery, housekeeping
from leaderdev.common.mail.queue import DELIVER_TASK


@shared_task(name=DELIVER_TASK, ignore_result=True)
def deliver_queued_mail() -> int:
    return delivery.deliver_due()


@shared_task(ignore_result=True)
def sweep() -> int:
    """Every minute: a sign of life, then whatever is due."""
    health.tick(now=timezone.now())
    return delivery.deliver_due()


@shared_task(ignore_result=True)
def tidy() -> int:
    """Once a day: forget ended browser sessions and old mail texts."""
    call_command("clearsessions")
    return housekeeping.forget_old_texts(now=timezone.now())
