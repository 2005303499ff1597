"""The project: settings, addresses, and what every app shares."""

from leaderdev.celery import app as celery_app

__all__ = ["celery_app"]
