"""A dialogue kit: what a group needs for one structured conversation."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet


class DialogueKitQuerySet(DistrictScopedQuerySet):
    def visible_to(self, user: Any) -> DialogueKitQuerySet:
        """Kits of the person's districts, and of those whose program she configures."""
        keys = [*self.of_members(user).values_list("pk", flat=True)]
        return self.filter(models.Q(pk__in=keys) | models.Q(pk__in=self.managed_by(user).values("pk")))


class DialogueKit(models.Model):
    """Texts of several lines (provocations, questions, statements) hold one entry a line."""

    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="dialogue_kits", verbose_name=_("district")
    )
    title = models.CharField(_("title"), max_length=120)
    theme = models.CharField(_("theme in one sentence"), max_length=200)
    why = models.TextField(_("why it matters"))
    provocations = models.TextField(
        _("provocations"), help_text=_("One a line: short claims that people want to answer.")
    )
    discussion = models.TextField(_("ten-minute discussion"), help_text=_("How the first ten minutes go."))
    questions = models.TextField(_("key questions"), help_text=_("One a line."))
    first_view = models.CharField(_("first view"), max_length=60, default=_("school leaders"))
    second_view = models.CharField(_("second view"), max_length=60, default=_("staff"))
    statements = models.TextField(
        _("statements of the review tool"),
        blank=True,
        help_text=_(
            "One a line. Both sides answer the same statements; the difference is what to talk about."
        ),
    )
    think = models.TextField(_("think"), help_text=_("What each person turns over alone."))
    discuss = models.TextField(_("discuss"), help_text=_("What the group settles."))
    act = models.TextField(
        _("act"), help_text=_("One a line: steps a person can take into the growth plan with a click.")
    )
    library_slug = models.SlugField(max_length=60, blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = DialogueKitQuerySet.as_manager()

    class Meta:
        verbose_name = _("dialogue kit")
        verbose_name_plural = _("dialogue kits")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "title"],
                name="dialogue_kit_title_once",
                violation_error_message=_("The district has a kit of this title already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def lines(self, field: str) -> list[str]:
        """The entries of a text of several lines."""
        return [line.strip() for line in getattr(self, field).splitlines() if line.strip()]
