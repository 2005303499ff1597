"""What calendars elsewhere have been told of one thing, so that the next word about it is the later one."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from leaderdev.common.sealed_field import SealedTextField


class CalendarItemQuerySet(models.QuerySet["CalendarItem"]):
    def of_scopes(self, scopes: Collection[str]) -> CalendarItemQuerySet:
        return self.filter(scope__in=scopes)

    def going_on_after(self, instant: datetime.datetime) -> CalendarItemQuerySet:
        return self.filter(cancelled_at=None, ends_at__gt=instant)

    def cancelled_since(self, instant: datetime.datetime) -> CalendarItemQuerySet:
        return self.filter(cancelled_at__gte=instant)


class CalendarItem(models.Model):
    """One UID. Its sequence rises when time, place or cancellation change, and never falls.

    The row outlives the thing itself: a meeting that was deleted still has to be cancelled in calendars. It
    holds the entry as it was last told, sealed, because a place may be a trio's own business.
    """

    key = models.CharField(_("key"), max_length=80, unique=True)
    scope = models.CharField(_("belongs to"), max_length=40, db_index=True)
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    stamped_at = models.DateTimeField(_("last changed"))
    ends_at = models.DateTimeField(_("ends"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    told = SealedTextField(_("as it was last told"))

    objects = CalendarItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar item")
        verbose_name_plural = _("calendar items")

    def __str__(self) -> str:
        return self.key


class CalendarGuest(models.Model):
    """One address that was invited to an item, and how far it has been told."""

    item = models.ForeignKey(CalendarItem, on_delete=models.CASCADE, related_name="guests")
    email = models.EmailField(_("address"), max_length=254)
    name = models.CharField(_("name"), max_length=150)
    zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language"), max_length=12, default="en")
    # The sequence of the last message; messages counts them, so that each has a key of its own.
    sequence = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("invited person")
        verbose_name_plural = _("invited people")
        constraints = [
            models.UniqueConstraint(fields=["item", "email"], name="calendar_guest_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"Guest {self.pk}"
