"""The calendar that somebody keeps elsewhere, of which only the busy times are taken."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leaderdev.common.sealed_field import SealedTextField


class OwnCalendarQuerySet(models.QuerySet["OwnCalendar"]):
    def to_fetch_at(self, instant: datetime.datetime) -> OwnCalendarQuerySet:
        """Calendars with an address whose time has come."""
        return self.exclude(address="").filter(next_fetch_at__lte=instant)


class OwnCalendar(models.Model):
    """Where busy times come from: an ICS address that is asked again and again, or a file given once.

    Such an address opens the whole calendar to whoever has it; it is stored sealed and never shown again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not read yet")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="own_calendar",
        verbose_name=_("person"),
    )
    address = SealedTextField(_("address"))
    # The server's name alone, so that the page can say which calendar it is.
    host = models.CharField(_("server"), max_length=253, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    # A code of ours ("too_large"), never a sentence of a server.
    problem = models.CharField(_("problem"), max_length=40, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    next_fetch_at = models.DateTimeField(_("read again"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    etag = models.CharField(max_length=200, blank=True)

    objects = OwnCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("own calendar")
        verbose_name_plural = _("own calendars")
        indexes = [
            models.Index(
                fields=["next_fetch_at"],
                condition=Q(next_fetch_at__isnull=False),
                name="own_calendar_to_fetch",
            )
        ]

    def __str__(self) -> str:
        return f"Own calendar {self.pk}"
