"""A printed plan on its way: a row that a worker turns into a file, and that a sweep erases again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan
from growthplans.storage import document_name, evidence_storage


class DocumentRequestQuerySet(models.QuerySet["DocumentRequest"]):
    def visible_to(self, user: Any) -> DocumentRequestQuerySet:
        """A person's own requests, of plans that she may still read."""
        readable = GrowthPlan.objects.visible_to(user).order_by().values("pk")
        return self.filter(by_id=user.pk, plan__in=readable)

    def due_at(self, instant: datetime) -> DocumentRequestQuerySet:
        """Waiting rows that no worker has in hand, or whose worker did not come back within its lease."""
        free = Q(lease_until=None) | Q(lease_until__lte=instant)
        return self.filter(free, state=DocumentRequest.State.QUEUED, expires_at__gt=instant)

    def ready_now(self) -> DocumentRequestQuerySet:
        return self.filter(state=DocumentRequest.State.READY, expires_at__gt=timezone.now())

    def expired_at(self, instant: datetime) -> DocumentRequestQuerySet:
        return self.filter(expires_at__lte=instant)


class DocumentRequest(models.Model):
    """One document for one reader. The row is the truth; the task queue only wakes the worker."""

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF, to print or to hand in")
        DOCX = "docx", _("Word document, to work on")

    class Paper(models.TextChoices):
        LETTER = "letter", _("Letter (8.5 × 11 in)")
        A4 = "a4", _("A4 (210 × 297 mm)")

    class State(models.TextChoices):
        QUEUED = "queued", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    # Not a number that counts: the address of a document tells nothing of how many there are.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="documents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_documents")
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    paper = models.CharField(_("paper"), max_length=6, choices=Paper.choices)
    # Keys of the reflections that were ticked; which of them may be read is asked again when it is made.
    reflections: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.QUEUED)
    file = models.FileField(storage=evidence_storage, upload_to=document_name, blank=True, max_length=120)
    size = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="queued"), name="document_queued"),
            models.Index(fields=["expires_at"], name="document_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="")) | (~Q(state="ready") & Q(file="")),
                name="document_file_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(lease_until=None), name="document_lease_while_queued"
            ),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"
