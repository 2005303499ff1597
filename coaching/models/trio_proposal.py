"""Stored proposals of trios: what went in, what came out, who made and who published it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import ProgramYear
from cohorts.models.district import DistrictScopedQuerySet
from leaderdev.common.sealed_field import SealedTextField


class TrioProposalQuerySet(DistrictScopedQuerySet):
    district_path = "program_year__cohort__district"

    def due_at(self, instant: datetime) -> TrioProposalQuerySet:
        """Rows that no worker has in hand, or whose worker did not come back within its lease."""
        free = Q(lease_until=None) | Q(lease_until__lte=instant)
        return self.filter(free, state=TrioProposal.State.WAITING)

    def shown(self) -> TrioProposalQuerySet:
        """Without those that the lead has put aside."""
        return self.filter(set_aside_at=None)

    def without_weight(self) -> TrioProposalQuerySet:
        """For lists: the snapshot and the earlier states of many hundred people stay in the database."""
        return self.defer("snapshot", "history")


class TrioProposal(models.Model):
    """One proposal for one year. The row is the truth; the task queue only wakes the worker.

    groups: a list of {competency, members, pinned, trio}: a label, ids of memberships as text, whether
    the lead holds it fast, and the number of the trio that it continues or null. standings: a list of
    {priority, value, bound} as the solver left them. history: earlier (groups, unplaced, words), the
    latest last. snapshot: the people as JSON, sealed, because it holds their wishes for a partner;
    confidential wishes are never in it.
    """

    class Kind(models.TextChoices):
        FRESH = "fresh", _("formed anew")
        REPAIR = "repair", _("repair")

    class State(models.TextChoices):
        WAITING = "waiting", _("being formed")
        READY = "ready", _("ready to look at")
        IMPOSSIBLE = "impossible", _("rules contradict each other")
        FAILED = "failed", _("could not be formed")
        PUBLISHED = "published", _("published")

    program_year = models.ForeignKey(
        ProgramYear,
        on_delete=models.CASCADE,
        related_name="trio_proposals",
        verbose_name=_("program year"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FRESH)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    rules: models.JSONField = models.JSONField(default=dict)
    snapshot = SealedTextField()
    groups: models.JSONField = models.JSONField(default=list)
    unplaced: models.JSONField = models.JSONField(default=list)
    before: models.JSONField = models.JSONField(default=list)
    standings: models.JSONField = models.JSONField(default=list)
    notes: models.JSONField = models.JSONField(default=list)
    contradiction: models.JSONField = models.JSONField(default=list)
    history: models.JSONField = models.JSONField(default=list)
    moves_made = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(null=True, blank=True)
    stopped = models.BooleanField(default=False)
    progress = models.PositiveSmallIntegerField(default=0)
    progress_words = models.CharField(max_length=300, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="descendants"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)

    objects = TrioProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of trios")
        verbose_name_plural = _("proposals of trios")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program_year", "number"], name="trio_proposal_number_once"),
            models.CheckConstraint(
                condition=(Q(state="published") & Q(published_at__isnull=False))
                | (~Q(state="published") & Q(published_at=None)),
                name="trio_proposal_published_with_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(lease_until=None), name="trio_proposal_lease_while_waiting"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(published_at__gte=F("made_at")),
                name="trio_proposal_published_after_made",
            ),
        ]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="waiting"), name="trio_proposal_waiting")
        ]

    def __str__(self) -> str:
        return str(_("Proposal %(number)d") % {"number": self.number})

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_repair(self) -> bool:
        return self.kind == self.Kind.REPAIR

    @property
    def numbers(self) -> list[int]:
        """What each group is called: the number of the trio that it continues, else the next ones free."""
        known = {group["trio"]: group["number"] for group in self.before}
        last = max(known.values(), default=0)
        found = []
        for group in self.groups:
            number = known.get(group["trio"])
            if number is None:
                number = last = last + 1
            found.append(number)
        return found

    @property
    def people(self) -> list[dict[str, Any]]:
        return json.loads(self.snapshot) if self.snapshot else []

    @people.setter
    def people(self, rows: list[dict[str, Any]]) -> None:
        self.snapshot = json.dumps(rows, ensure_ascii=False)
