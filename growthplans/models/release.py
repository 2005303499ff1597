"""The author's own signed release of a plan for use in evaluation: off unless given, and revocable."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan


class EvaluationRelease(models.Model):
    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="releases")
    signed_name = models.CharField(_("signed"), max_length=150)
    signed_at = models.DateTimeField()
    purpose = models.TextField(_("for what"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("release for evaluation")
        verbose_name_plural = _("releases for evaluation")
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(withdrawn_at=None), name="release_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"Release {self.pk}"
