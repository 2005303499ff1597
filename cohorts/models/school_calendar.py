"""The school year of a district: which days nobody plans a meeting on."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, scoped_by


class SchoolCalendar(models.Model):
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="calendars", verbose_name=_("district")
    )
    label = models.CharField(_("school year"), max_length=20, help_text=_("Such as 2026–27."))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = scoped_by("district").as_manager()

    class Meta:
        verbose_name = _("school-year calendar")
        verbose_name_plural = _("school-year calendars")
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["district", "label"], name="calendar_label_once_per_district"),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="calendar_ends_after_it_starts",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.district.short_name}"

    def has_school_on(self, day: datetime.date) -> bool:
        """Whether a day is a weekday inside the year and none of its no-school days; one query."""
        if day.weekday() >= 5 or not self.first_day <= day <= self.last_day:
            return False
        return not self.no_school_days.filter(first_day__lte=day, last_day__gte=day).exists()


class NoSchoolDay(models.Model):
    """One day or a run of days, both ends included, as calendars are written."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        NO_SCHOOL = "no_school", _("no school")
        PD_DAY = "pd_day", _("professional development day")

    calendar = models.ForeignKey(
        SchoolCalendar, on_delete=models.CASCADE, related_name="no_school_days", verbose_name=_("calendar")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("The same as the first for a single day."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.HOLIDAY)
    name = models.CharField(_("name"), max_length=80)

    objects = scoped_by("calendar__district").as_manager()

    class Meta:
        verbose_name = _("day without school")
        verbose_name_plural = _("days without school")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="no_school_day_not_backwards",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
