"""The Celery application. Tasks live in each app's tasks.py and only open the door to a service."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")

app = Celery("leaderdev")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
