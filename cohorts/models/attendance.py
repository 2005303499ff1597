"""Who was in the room, from when to when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.learning_session import LearningSession
from cohorts.models.membership import Membership


class AttendanceQuerySet(DistrictScopedQuerySet):
    district_path = "session__program_year__cohort__district"

    def of_person(self, user: Any) -> AttendanceQuerySet:
        return self.filter(membership__leader__user_id=user.pk)


class Attendance(models.Model):
    """One stay in the room. Somebody who goes and comes back has two; the hours are their sum."""

    class How(models.TextChoices):
        CODE = "code", _("by code")
        TICK = "tick", _("ticked by the facilitator")

    session = models.ForeignKey(LearningSession, on_delete=models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendance")
    arrived_at = models.DateTimeField(_("arrived"))
    left_at = models.DateTimeField(
        _("left"), null=True, blank=True, help_text=_("Empty: stayed until the end.")
    )
    how = models.CharField(_("taken"), max_length=4, choices=How.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["session", "arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "membership"],
                condition=Q(left_at=None),
                name="attendance_one_open_stay",
                violation_error_message=_("This person has arrived already and not left."),
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_leaves_after_arriving",
                violation_error_message=_("Nobody leaves before arriving."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.arrived_at:%H:%M}"
