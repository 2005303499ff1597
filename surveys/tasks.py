"""The clock of surveys: waves whose last moment has passed are closed, and their ledgers settled."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from surveys.models import Wave
from surveys.services.settling import settle_wave


@shared_task(name="surveys.tasks.settle_waves")
def settle_waves() -> int:
    """Close what is over: erase drafts and shuffle the rows. Returns how many waves were closed."""
    now = timezone.now()
    over = Q(late_until=None, closes_at__lte=now) | Q(late_until__lte=now)
    found = Wave.objects.filter(over, announced=True, closed=False).values_list("pk", flat=True)
    for pk in list(found):
        with transaction.atomic():
            rows = Wave.objects.select_for_update(of=("self",)).select_related("survey")
            wave = rows.filter(pk=pk, closed=False).first()
            if wave is not None and wave.is_over_at(now):
                settle_wave(wave)
    return len(found)
