"""A cohort's calendar to subscribe to: learning sessions and days without school, the same for all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.cohort import Cohort
from cohorts.models.district import scoped_by
from leaderdev.common.models.feed import FeedBase


class CohortFeed(FeedBase):
    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("cohort")
    )

    objects = scoped_by("cohort__district").as_manager()

    class Meta:
        verbose_name = _("calendar address of a cohort")
        verbose_name_plural = _("calendar addresses of cohorts")

    def __str__(self) -> str:
        return f"Calendar address {self.pk}"
