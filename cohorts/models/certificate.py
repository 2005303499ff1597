"""Certificates of attendance, and the papers that are printed of attendance."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import scoped_by
from cohorts.models.membership import Membership
from cohorts.models.program_year import ProgramYear
from leaderdev.common.documents.orders import DocumentOrder, DocumentOrderQuerySet

# No letters that are taken for digits; twelve of them are sixty bits, which nobody tries out.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBER_LENGTH = 12


def new_number() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH))


class Certificate(models.Model):
    """What was true on the day of issue: name, hours and sessions are kept as they were then."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="certificates")
    program_year = models.ForeignKey(ProgramYear, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(_("number"), max_length=12, unique=True, default=new_number, editable=False)
    holder = models.CharField(_("name"), max_length=200)
    minutes = models.PositiveIntegerField(_("minutes attended"))
    sessions = models.PositiveSmallIntegerField(_("sessions attended"))
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = scoped_by("program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "program_year"],
                condition=Q(withdrawn_at=None),
                name="certificate_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="certificate_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.grouped_number

    @property
    def grouped_number(self) -> str:
        """As people read it out: four by four."""
        return "-".join(self.number[at : at + 4] for at in range(0, NUMBER_LENGTH, 4))

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class AttendancePaperQuerySet(DocumentOrderQuerySet):
    def visible_to(self, user: Any) -> AttendancePaperQuerySet:
        return self.filter(by_id=user.pk)


class AttendancePaper(DocumentOrder):
    """A PDF on its way: one certificate, or the transcript of everything a person attended."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, null=True, blank=True, related_name="papers"
    )

    objects = AttendancePaperQuerySet.as_manager()
