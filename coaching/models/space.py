"""A trio's own space: its norms, who has agreed to them, and its materials."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import of_trio_by
from cohorts.models import Membership, Trio
from leaderdev.common.sealed_field import SealedTextField


class TrioSpace(models.Model):
    """`norms` has one norm a line; `version` rises with each change, and an agreement names its version."""

    trio = models.OneToOneField(Trio, on_delete=models.CASCADE, related_name="space")
    norms = SealedTextField(_("norms"))
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = of_trio_by("trio").as_manager()

    def __str__(self) -> str:
        return str(self.trio)

    @property
    def norm_list(self) -> list[str]:
        return [line.strip() for line in self.norms.splitlines() if line.strip()]


class NormAgreement(models.Model):
    """One person agreed to one wording, within one circle of people: a changed membership asks again."""

    space = models.ForeignKey(TrioSpace, on_delete=models.CASCADE, related_name="agreements")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="norm_agreements")
    version = models.PositiveIntegerField()
    # The keys of the seats that were held then, in order: "3,4,9".
    circle = models.CharField(max_length=200)
    agreed_at = models.DateTimeField()

    objects = of_trio_by("space__trio").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "membership"], name="norm_agreement_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.version}"


class TrioMaterial(models.Model):
    """Something the trio uses: a name, and an address or a sentence where it is."""

    trio = models.ForeignKey(Trio, on_delete=models.CASCADE, related_name="materials")
    title = SealedTextField(_("what it is"))
    where = SealedTextField(_("address or place"))
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = of_trio_by("trio").as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.trio}"

    @property
    def url(self) -> str:
        """The address as a link; "" where it is a sentence."""
        return self.where if self.where.startswith(("https://", "http://")) else ""
