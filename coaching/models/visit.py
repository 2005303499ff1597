"""A site visit: its parts, and what the guests saw."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import of_trio_by
from coaching.models.coaching_session import CoachingSession
from cohorts.models import TrioSeat
from leaderdev.common.sealed_field import SealedTextField


class VisitBlock(models.Model):
    """One part of a visit, such as framing, observing and debriefing, talk; the trio arranges them."""

    coaching_session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(default=0)
    title = SealedTextField(_("what"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}"


class Observation(models.Model):
    """Claim, evidence, and what it means for my leadership. Read by its author and by the host."""

    coaching_session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, related_name="observations"
    )
    seat = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="observations")
    claim = SealedTextField(_("claim"))
    evidence = SealedTextField(_("evidence"))
    meaning = SealedTextField(_("what it means for my leadership"))
    written_at = models.DateTimeField(auto_now_add=True)

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.seat}"
