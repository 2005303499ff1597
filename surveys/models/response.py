"""The second ledger: what was answered. Nothing of who answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import StandardNode
from cohorts.models.district import DistrictScopedQuerySet
from surveys.models.wave import Wave

# In `answers`, beside the levels 1 to 9. An item that is not there was not asked.
PREFER_NOT = -1
SKIPPED = -2


class ResponseQuerySet(DistrictScopedQuerySet):
    district_path = "wave__survey__cohort__district"

    def sent(self) -> ResponseQuerySet:
        """Confirmed responses; what somebody is still writing belongs to nobody else."""
        return self.filter(sent=True)

    def for_research(self) -> ResponseQuerySet:
        """Confirmed responses whose authors agreed to their being analyzed."""
        return self.filter(sent=True, consent_analysis=True)


class Response(models.Model):
    """One person's answers to one wave, under a key that only the survey's key file can make again.

    answers: {item pk as text: level, PREFER_NOT or SKIPPED}. words: {item pk: text} of open questions.
    draft: what has been typed since the last sending, {"answers", "words", "consent"}; None when nothing.
    aside: what was typed with the personal code at a shared device, a sheet each time the code was typed:
    [{"sheet", "state", "answers", "words", "consent"}]; see surveys/services/sheets.py.
    Facts are coarse on purpose and frozen when the answers are sent. Reading: surveys/pairs.py.
    """

    class RoleGroup(models.TextChoices):
        DIVISION = "division", _("division leaders")
        PRINCIPAL = "principal", _("principals")
        ASSISTANT = "assistant", _("assistant principals")
        OTHER = "other", _("others")

    class SchoolLevel(models.TextChoices):
        OFFICE = "office", _("central office")
        ELEMENTARY = "elementary", _("elementary")
        MIDDLE = "middle", _("middle")
        HIGH = "high", _("high school")
        ALL_GRADES = "all", _("several levels")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses", verbose_name=_("wave"))
    pairing_key = models.CharField(max_length=32, editable=False)
    sent = models.BooleanField(_("sent"), default=False)
    answers = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    draft = models.JSONField(null=True, blank=True)
    aside = models.JSONField(default=list, blank=True)
    consent_analysis = models.BooleanField(_("may be analyzed"), default=False)
    consent_quotes = models.BooleanField(_("may be quoted"), default=False)
    focus = models.ForeignKey(
        StandardNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_focus = models.BooleanField(null=True)
    role_group = models.CharField(max_length=10, choices=RoleGroup.choices, blank=True)
    school_level = models.CharField(max_length=10, choices=SchoolLevel.choices, blank=True)
    imported = models.BooleanField(default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(fields=["wave", "pairing_key"], name="response_once_per_wave"),
        ]

    def __str__(self) -> str:
        # Never the answers: this may stand in a log line or an error mail.
        return "Response"
