"""A learning session: the whole cohort meets, every four to six weeks."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.program_year import ProgramYear
from cohorts.models.school import School
from cohorts.models.session_rules import refusals

FULL_DAY_FROM = 300


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
    purpose = models.CharField(
        _("what the session is for"),
        max_length=300,
        blank=True,
        help_text=_("One sentence that participants read above the agenda."),
    )
    bulletin = models.TextField(
        _("operations bulletin"),
        blank=True,
        help_text=_("Operational matters in writing, so that the room is kept for learning."),
    )
    prepared = models.PositiveSmallIntegerField(
        _("people who brought what was asked"),
        null=True,
        blank=True,
        help_text=_("A count for the group; nobody’s name is kept."),
    )
    # Raised with each move, so that a calendar knows the later invitation from the earlier one.
    revision = models.PositiveIntegerField(default=0, editable=False)

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

    def get_absolute_url(self) -> str:
        return reverse("cohorts:session_detail", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.program_year_id and self.starts_at and self.ends_at:
            found = refusals(self)
            if found:
                raise ValidationError(found)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_full_day(self) -> bool:
        """Beyond five hours people break for a meal: then it is a day, whatever the year's setting says."""
        return self.minutes > FULL_DAY_FROM

    @property
    def zone(self) -> str:
        return self.program_year.cohort.district.time_zone
