"""Two views of the same statements, set side by side, and what people make of the difference."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.district import DistrictScopedQuerySet
from surveys.models.wave import Wave


class ViewPairQuerySet(DistrictScopedQuerySet):
    district_path = "cohort__district"

    def visible_to(self, user) -> ViewPairQuerySet:
        return self.filter(cohort__in=Cohort.objects.visible_to(user).values("pk"))


class ViewPair(models.Model):
    """Statements are matched by their number, so both sides use one instrument or a copy of it."""

    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="view_pairs", verbose_name=_("cohort")
    )
    title = models.CharField(_("title"), max_length=160)
    left = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+", verbose_name=_("first view"))
    left_name = models.CharField(_("who they are"), max_length=60, help_text=_("Such as “staff”."))
    right = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+", verbose_name=_("second view"))
    right_name = models.CharField(_("who they are"), max_length=60, help_text=_("Such as “pupils”."))

    objects = ViewPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of views")
        verbose_name_plural = _("pairs of views")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(left=F("right")), name="view_pair_of_two"),
        ]

    def __str__(self) -> str:
        return self.title


class Priority(models.Model):
    """A statement that the group wants to work on, and why."""

    pair = models.ForeignKey(
        ViewPair, on_delete=models.CASCADE, related_name="priorities", verbose_name=_("pair of views")
    )
    code = models.CharField(_("statement"), max_length=20)
    note = models.CharField(_("why, and what next"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pair", "code"], name="priority_once")]

    def __str__(self) -> str:
        return self.code
