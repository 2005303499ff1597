"""Who opened a plan and when: the author's reading record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan


class Reading(models.Model):
    """One reader's days with one plan; what the reader was at the time stays written down."""

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_readings"
    )
    voice = models.CharField(max_length=8)
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "reader", "day"], name="reading_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"
