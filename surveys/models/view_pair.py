"""Two views of the same statements, set side by side, and what people make of the difference."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, DialogueKit
from cohorts.models.district import DistrictScopedQuerySet
from surveys.models.wave import Wave


class ViewPairQuerySet(DistrictScopedQuerySet):
    district_path = "cohort__district"

    def visible_to(self, user) -> ViewPairQuerySet:
        return self.filter(cohort__in=Cohort.objects.visible_to(user).values("pk"))

    def with_both_sides(self) -> ViewPairQuerySet:
        """With everything that a page of the pair reads of its waves."""
        sides = [
            f"{side}__{part}"
            for side in ("left", "right")
            for part in ("survey__instrument", "survey__cohort__district", "program_year")
        ]
        return self.select_related("cohort__district", *sides)


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
    kit = models.ForeignKey(
        DialogueKit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="view_pairs",
        verbose_name=_("dialogue kit"),
        help_text=_("Then the whole cohort sees both views, and everybody picks what to work on."),
    )
    picking_over = models.BooleanField(_("picking is over"), default=False, editable=False)

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
    """A statement that one person would work on. `voter` says who only to a holder of the secret key."""

    pair = models.ForeignKey(
        ViewPair, on_delete=models.CASCADE, related_name="priorities", verbose_name=_("pair of views")
    )
    voter = models.CharField(max_length=32, editable=False)
    code = models.CharField(_("statement"), max_length=20)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        constraints = [
            models.UniqueConstraint(fields=["pair", "voter", "code"], name="priority_once_a_voter"),
        ]

    def __str__(self) -> str:
        return self.code
