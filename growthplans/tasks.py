"""Doors for the background worker: each opens one service."""

from __future__ import annotations

import uuid

from celery import shared_task
from django.utils import timezone

from growthplans.services import documents, evidence_keeping


@shared_task(name=documents.MAKE_TASK, ignore_result=True, soft_time_limit=90, time_limit=110)
def make_document(pk: str) -> bool:
    return documents.make_document(pk=uuid.UUID(pk))


@shared_task(name="growthplans.tasks.sweep_documents", ignore_result=True)
def sweep_documents() -> int:
    """Every minute: erase what is a day old, then make what was left behind."""
    now = timezone.now()
    documents.forget_expired(now=now)
    return documents.make_due(now=now)


@shared_task(name="growthplans.tasks.tidy_files", ignore_result=True)
def tidy_files() -> int:
    """Once a day: removed evidence whose time has come, and files that no row names."""
    now = timezone.now()
    return evidence_keeping.forget_removed(now=now) + evidence_keeping.sweep_orphans(now=now)
