"""The words of an instrument in another language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import scoped_by
from surveys.models.instrument import Instrument


class Wording(models.Model):
    """One text. `place` names what it translates: "title", "section.3.title", "item.17.text", "level.8"."""

    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("instrument")
    )
    language = models.CharField(_("language"), max_length=12)
    place = models.CharField(_("place"), max_length=60)
    text = models.TextField(_("text"))

    objects = scoped_by("instrument__district").as_manager()

    class Meta:
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")
        ordering = ["instrument", "language", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "language", "place"], name="wording_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.language})"
