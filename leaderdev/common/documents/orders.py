"""A document on its way: a row that a worker turns into a file, and that a sweep erases again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leaderdev.common.documents.storage import document_name, private_storage


class OrderState(models.TextChoices):
    QUEUED = "queued", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class Paper(models.TextChoices):
    LETTER = "letter", _("Letter (8.5 × 11 in)")
    A4 = "a4", _("A4 (210 × 297 mm)")


class DocumentOrderQuerySet(models.QuerySet[Any]):
    def due_at(self, instant: datetime) -> Any:
        """Waiting rows that no worker has in hand, or whose worker did not come back within its lease."""
        free = Q(lease_until=None) | Q(lease_until__lte=instant)
        return self.filter(free, state=OrderState.QUEUED, expires_at__gt=instant)

    def ready_now(self) -> Any:
        return self.filter(state=OrderState.READY, expires_at__gt=timezone.now())

    def unexpired(self) -> Any:
        return self.filter(expires_at__gt=timezone.now())

    def expired_at(self, instant: datetime) -> Any:
        return self.filter(expires_at__lte=instant)


class DocumentOrder(models.Model):
    """One document for one reader. The row is the truth; the task queue only wakes the worker.

    A model made from it repeats the indexes and constraints of `Meta` if it has a `Meta` of its own.
    """

    State = OrderState
    Paper = Paper

    # Not a number that counts: the address of a document tells nothing of how many there are.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(_("paper"), max_length=6, choices=Paper.choices)
    state = models.CharField(_("state"), max_length=6, choices=OrderState.choices, default=OrderState.QUEUED)
    file = models.FileField(storage=private_storage, upload_to=document_name, blank=True, max_length=120)
    size = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects = DocumentOrderQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="queued"), name="%(class)s_due"),
            models.Index(fields=["expires_at"], name="%(class)s_exp"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="")) | (~Q(state="ready") & Q(file="")),
                name="%(class)s_file_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(lease_until=None), name="%(class)s_lease_while_queued"
            ),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"
