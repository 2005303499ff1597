"""A learning session: the whole cohort meets, every four to six weeks."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.program_year import ProgramYear
from cohorts.models.school import School


class LearningSessionQuerySet(DistrictScopedQuerySet):
    district_path = "program_year__cohort__district"

    def visible_to(self, user: Any) -> LearningSessionQuerySet:
        return self.filter(program_year__in=ProgramYear.objects.visible_to(user).values("pk"))

    def after(self, instant: datetime.datetime) -> LearningSessionQuerySet:
        """Sessions that have not ended by an aware instant, the next one first."""
        return self.filter(ends_at__gt=instant).order_by("starts_at")


class LearningSession(models.Model):
    program_year = models.ForeignKey(
        ProgramYear,
        on_delete=models.CASCADE,
        related_name="learning_sessions",
        verbose_name=_("program year"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    host = models.ForeignKey(
        School,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_sessions",
        verbose_name=_("host school"),
    )
    place = models.CharField(_("room or address"), max_length=160, blank=True)

    objects = LearningSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning session")
        verbose_name_plural = _("learning sessions")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["program_year", "number"],
                name="session_number_once_per_year",
                violation_error_message=_("This year has a session of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The session must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
