"""Doors of the background work; each opens one service. Losing a message loses nothing: the rows decide."""

from __future__ import annotations

from celery import shared_task

from leaderdev.reminders.services.round import one_round


@shared_task(name="leaderdev.reminders.tasks.remind", ignore_result=True)
def remind() -> int:
    """Every minute: write rows for whoever is due, then send what is due."""
    return one_round().sent
