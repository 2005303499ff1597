"""A questionnaire of a district: what is asked, in which words, in which version."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import District, Standard
from cohorts.models.district import DistrictScopedQuerySet


class InstrumentQuerySet(DistrictScopedQuerySet):
    district_path = "district"

    def visible_to(self, user: Any) -> InstrumentQuerySet:
        """Instruments of the districts on whose roll the person stands, and of those she configures."""
        mine = self.of_members(user).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=self.managed_by(user).values("pk")))

    def latest_first(self) -> InstrumentQuerySet:
        return self.order_by("title", "-version", "pk")


class Instrument(models.Model):
    """One version of a questionnaire. Once somebody has answered, it is frozen; a copy can be changed."""

    class Kind(models.TextChoices):
        GROWTH = "growth", _("growth before and after")
        SESSION = "session", _("feedback on a learning session")
        YEAR_END = "year_end", _("the program at the end of a year")
        REVIEW = "review", _("review tool, two views side by side")
        OTHER = "other", _("something else")

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="instruments", verbose_name=_("district")
    )
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address part"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GROWTH)
    purpose = models.TextField(
        _("what it is for"), blank=True, help_text=_("Shown before the first question, to those who answer.")
    )
    consent_text = models.TextField(
        _("consent statement"),
        blank=True,
        help_text=_(
            "What a researcher may do with the answers, if the person agrees. "
            "Empty: research consent is not asked, and no researcher sees the answers."
        ),
    )
    thanks = models.TextField(_("closing words"), blank=True, help_text=_("Shown once the answers are sent."))
    language = models.CharField(_("language"), max_length=12, default="en")
    standard = models.ForeignKey(
        Standard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("leadership standard"),
        help_text=_("Statements are tied to its competencies and indicators."),
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    # Languages in which somebody may have answered; what stands translated into them stays.
    answered_in = models.JSONField(default=list, editable=False)
    is_frozen = models.BooleanField(_("frozen"), default=False, editable=False)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "slug", "version"],
                name="instrument_version_once",
                violation_error_message=_("There is such a version already."),
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="instrument_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {_('version')} {self.version}" if self.version > 1 else self.title
