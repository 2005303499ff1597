"""Every saved change of a plan, so that any two states can be compared and restored."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan


class Revision(models.Model):
    """One change: of a field (`before` → `after`), or of a whole part that was added, removed or moved.

    Changes instead of snapshots: an autosave writes one small row, and `growthplans/history.py` replays
    them backward from the present to show any earlier state.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("changed")
        ADDED = "added", _("added")
        REMOVED = "removed", _("removed")
        MOVED = "moved", _("moved")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_revisions")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CHANGED)
    # Which part: "plan", "goal", "step", "reflection", "evidence", and its key.
    part = models.CharField(max_length=12)
    part_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=20, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once_per_plan"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of plan {self.plan_id}"
