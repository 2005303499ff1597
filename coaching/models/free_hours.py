"""Free hours that come every week."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coaching.models.availability import Availability


class FreeHours(models.Model):
    """On one weekday from `starts` up to, not including, `ends`, on the clock of the person's own zone."""

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="free_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text=_("0 is Monday."))
    starts = models.PositiveSmallIntegerField(_("from"), help_text=_("Minutes after midnight."))
    ends = models.PositiveSmallIntegerField(_("until"), help_text=_("Minutes after midnight."))

    class Meta:
        verbose_name = _("free hours")
        verbose_name_plural = _("free hours")
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["availability", "weekday", "starts"], name="free_hours_once_per_start"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="free_hours_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts"), ends__lte=24 * 60), name="free_hours_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Free hours {self.pk}"
