"""The clock's sign of life."""

from __future__ import annotations

from django.db import models


class ClockTick(models.Model):
    """One row a name: when the clock last came by. /readyz reports a clock that stopped."""

    name = models.CharField(max_length=40, primary_key=True)
    ticked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.ticked_at:%Y-%m-%d %H:%M:%S} UTC"
