"""Busy times out of a person's own calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coaching.models.own_calendar import OwnCalendar


class BusyTime(models.Model):
    """From an instant up to another. What happens then, where and with whom is not stored."""

    calendar = models.ForeignKey(OwnCalendar, on_delete=models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["calendar", "ends_at"], name="busy_time_of_a_calendar")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_not_backwards"),
        ]

    def __str__(self) -> str:
        return f"Busy time {self.pk}"
