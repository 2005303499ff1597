"""A leader's focus competency for a program year, with every earlier choice kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.membership import Membership
from cohorts.models.program_year import ProgramYear
from cohorts.models.standard import StandardNode


class SelectionQuerySet(DistrictScopedQuerySet):
    district_path = "program_year__cohort__district"

    def current(self) -> SelectionQuerySet:
        """What holds now; superseded choices stay as history."""
        return self.filter(superseded_at=None)


class CompetencySelection(models.Model):
    """One choice. A change closes it and adds a row that names the reason.

    The rationale and the strategies are the author's words: for the author and the trio, not for
    program leads, who see the competency only.
    """

    class Reason(models.TextChoices):
        ROLE = "role_change", _("a new role")
        SCHOOL = "school_change", _("a new school")
        PRIORITIES = "priorities", _("other priorities")
        OTHER = "other", _("something else")

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="selections", verbose_name=_("participant")
    )
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="selections", verbose_name=_("program year")
    )
    competency = models.ForeignKey(
        StandardNode, on_delete=models.PROTECT, related_name="selections", verbose_name=_("focus competency")
    )
    rationale = models.TextField(_("why this one"), max_length=5000)
    strategies = models.TextField(_("first strategies"), max_length=5000, blank=True)
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replaced_by"
    )
    change_reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices, blank=True)
    change_note = models.CharField(_("in a sentence"), max_length=300, blank=True)
    superseded_at = models.DateTimeField(_("changed"), null=True, blank=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("competency selection")
        verbose_name_plural = _("competency selections")
        ordering = ["-chosen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "program_year"],
                condition=Q(superseded_at=None),
                name="selection_one_current_per_year",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, change_reason="")
                | (Q(replaces__isnull=False) & ~Q(change_reason="")),
                name="selection_change_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("chosen_at")),
                name="selection_superseded_after_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.leader}: {self.competency}"
