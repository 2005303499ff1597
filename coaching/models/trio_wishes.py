"""What a participant wishes for the trio of a year. Sealed: whoever reads the database reads none of it."""

from __future__ import annotations

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership, ProgramYear
from leaderdev.common.sealed_field import SealedTextField

# With more names than this a wish list would form the trios, and nobody could be given all of it.
MOST_PARTNERS = 3
MOST_APART = 3


class TrioWishes(models.Model):
    """One row a participant and year. Read by its author and by the solver; there is no page for others.

    partners, apart: ids of memberships as sealed JSON. context: sealed "same", "different" or nothing.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="trio_wishes")
    program_year = models.ForeignKey(ProgramYear, on_delete=models.CASCADE, related_name="trio_wishes")
    partners_sealed = SealedTextField()
    apart_sealed = SealedTextField()
    context = SealedTextField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("wishes for a trio")
        verbose_name_plural = _("wishes for trios")
        constraints = [
            models.UniqueConstraint(fields=["membership", "program_year"], name="trio_wishes_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}"

    @property
    def partners(self) -> list[int]:
        return json.loads(self.partners_sealed) if self.partners_sealed else []

    @partners.setter
    def partners(self, ids: list[int]) -> None:
        self.partners_sealed = json.dumps(sorted(ids))

    @property
    def apart(self) -> list[int]:
        return json.loads(self.apart_sealed) if self.apart_sealed else []

    @apart.setter
    def apart(self, ids: list[int]) -> None:
        # Always written: an empty cell would tell who has such a wish.
        self.apart_sealed = json.dumps(sorted(ids))
