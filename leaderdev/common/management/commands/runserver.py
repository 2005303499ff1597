"""Django's development server, refused where it would swallow background work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as StaticRunserver
from django.core.management.base import CommandError


class Command(StaticRunserver):
    """It restarts itself in a second process and starts no worker: with memory:// mail would never leave."""

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED_WORKER:
            raise CommandError(
                "runserver has no background worker. Use `make run` (it reloads changed code too), "
                "or set REDIS_URL and start `make worker` and `make beat` beside it."
            )
        super().handle(*args, **options)
