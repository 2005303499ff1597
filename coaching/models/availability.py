"""When somebody can be asked for a meeting: the head of what they said about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def of_people(self, users: Any) -> AvailabilityQuerySet:
        return self.filter(user__in=users)


class Availability(models.Model):
    """One row for each person who has said when they are free; without it the usual school hours stand in.

    Read by its owner alone. What others see of it is when all of a group are free, never whose hour closed.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="availability",
        verbose_name=_("person"),
    )
    said_at = models.DateTimeField(_("last said"))

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availabilities")

    def __str__(self) -> str:
        return f"Availability {self.pk}"
