"""The Celery application. Tasks live in each app's tasks.py and only open the door to a service."""

import os

from celery import Celery

from leaderdev.beat import BEAT_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")

app = Celery("leaderdev")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()
app.autodiscover_tasks(["surveys.report"])
