"""Days on which the weekly hours do not hold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coaching.models.availability import Availability


class DayException(models.Model):
    """Not free, or free after all, from the first day to the last, both included; a part of the day or all.

    Why is never asked: a reason would be one more private thing to guard, and nobody needs it.
    """

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="exceptions")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    starts = models.PositiveSmallIntegerField(_("from"), default=0, help_text=_("Minutes after midnight."))
    ends = models.PositiveSmallIntegerField(
        _("until"), default=24 * 60, help_text=_("Minutes after midnight.")
    )
    is_free = models.BooleanField(_("free after all"), default=False)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first_day", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="day_exception_not_backwards"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts"), ends__lte=24 * 60), name="day_exception_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Exception {self.pk}"

    @property
    def whole_day(self) -> bool:
        return (self.starts, self.ends) == (0, 24 * 60)

    @property
    def times(self) -> str:
        """ "9:00–11:30"; the end of the day is 24:00."""
        return "–".join(f"{minutes // 60}:{minutes % 60:02}" for minutes in (self.starts, self.ends))
