"""The first ledger: who has taken part in which wave. Nothing of what they said."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership
from cohorts.models.district import scoped_by
from surveys.models.wave import Wave


class Participation(models.Model):
    """No time of day, no counter, no key that the other ledger knows (docs/decisions/two-ledgers.md).

    `excused` is set when somebody would rather not take part or has withdrawn: no reminder reaches them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(
        Wave, on_delete=models.CASCADE, related_name="participations", verbose_name=_("wave")
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="participations", verbose_name=_("person")
    )
    done = models.BooleanField(_("done"), default=False)
    excused = models.BooleanField(_("does not take part"), default=False)

    objects = scoped_by("wave__survey__cohort__district").as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["wave", "membership"], name="participation_once_per_wave"),
            models.CheckConstraint(condition=~Q(done=True, excused=True), name="participation_one_state"),
        ]

    def __str__(self) -> str:
        return "Participation"
