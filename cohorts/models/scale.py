"""A scale with named levels, such as beginning, developing, achieving, excelling."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, scoped_by


class Scale(models.Model):
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="scales", verbose_name=_("district")
    )
    name = models.CharField(_("name"), max_length=80)

    objects = scoped_by("district").as_manager()

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="scale_name_once_per_district"),
        ]

    def __str__(self) -> str:
        return self.name


class ScaleLevel(models.Model):
    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels", verbose_name=_("scale"))
    value = models.PositiveSmallIntegerField(_("value"), help_text=_("1 is the lowest level."))
    label = models.CharField(_("label"), max_length=80)

    objects = scoped_by("scale__district").as_manager()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="scale_level_value_once"),
            models.CheckConstraint(condition=Q(value__gte=1), name="scale_level_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"
