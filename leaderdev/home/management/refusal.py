"""Commands that invent people stop where real ones are."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError

INVENTING_MODES = ("demo", "development", "test")


def refuse_real_installation(what: str) -> None:
    if settings.MODE not in INVENTING_MODES:
        raise CommandError(
            f"{what} invents people, and this installation runs in MODE={settings.MODE}, where real ones "
            "are. Nothing was changed. Use MODE=demo and a database of its own."
        )
