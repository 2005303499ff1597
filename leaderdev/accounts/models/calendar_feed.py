"""A person's private calendar to subscribe to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leaderdev.common.models.feed import FeedBase


class CalendarFeed(FeedBase):
    """One for each person who wants one. Revoked, it is gone, and its address opens nothing any more."""

    class Alarm(models.IntegerChoices):
        QUARTER = 15, _("15 minutes before")
        HOUR = 60, _("an hour before")
        DAY = 1440, _("a day before")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    alarm_minutes = models.PositiveSmallIntegerField(_("alarm"), choices=Alarm.choices, null=True, blank=True)
    with_due_dates = models.BooleanField(_("due dates"), default=True)
    with_closed_days = models.BooleanField(_("days without school"), default=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"Calendar address {self.pk}"
