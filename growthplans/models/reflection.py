"""What the author thinks about the year, private until released piece by piece."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan, WithRemoved


class KeptReflections(models.Manager):
    """Reflections that are in the plan; a removed one can come back."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None)


class Reflection(models.Model):
    class Stage(models.TextChoices):
        BEGINNING = "beginning", _("beginning of the year")
        MIDDLE = "middle", _("middle of the year")
        END = "end", _("end of the year")
        FREE = "free", _("in between")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="reflections")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.FREE)
    prompt = models.CharField(_("prompt"), max_length=300, blank=True)
    text = models.TextField(_("reflection"), max_length=50_000, blank=True)
    written_on = models.DateField(_("date"))
    released_at = models.DateTimeField(
        _("released"), null=True, blank=True, help_text=_("From then on the plan’s readers read it too.")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptReflections()
    with_removed = WithRemoved()

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        ordering = ["written_on", "pk"]

    def __str__(self) -> str:
        return f"Reflection {self.pk}"
