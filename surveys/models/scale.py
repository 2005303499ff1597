"""A scale of named levels, part of its instrument so that it is frozen with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import scoped_by
from surveys.models.instrument import Instrument


class AnswerScale(models.Model):
    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="scales", verbose_name=_("instrument")
    )
    name = models.CharField(_("name"), max_length=80)

    objects = scoped_by("instrument__district").as_manager()

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "name"], name="answer_scale_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AnswerLevel(models.Model):
    scale = models.ForeignKey(
        AnswerScale, on_delete=models.CASCADE, related_name="levels", verbose_name=_("scale")
    )
    value = models.PositiveSmallIntegerField(_("value"), help_text=_("1 is the lowest level."))
    label = models.CharField(_("label"), max_length=80)

    objects = scoped_by("scale__instrument__district").as_manager()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="answer_level_value_once"),
            # Nine levels fit the keys 1 to 9 and a phone; more can no longer be told apart by people.
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=9), name="answer_level_one_to_nine"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"
