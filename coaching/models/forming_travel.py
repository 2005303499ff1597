"""Driving minutes between two schools, as the district knows them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import School
from cohorts.models.district import District, scoped_by

# Longer than any school day: such a number is a slip.
MOST_MINUTES = 600


class TravelMinutes(models.Model):
    """The same both ways; `one` has the lower key, so that each pair of schools stands once."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="travel_minutes")
    one = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = scoped_by("district").as_manager()

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="travel_minutes_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_minutes_lower_key_first"),
            models.CheckConstraint(condition=Q(minutes__lte=MOST_MINUTES), name="travel_minutes_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}: {self.minutes}"
