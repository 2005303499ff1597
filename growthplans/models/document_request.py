"""A printed plan on its way. What all documents share is in leaderdev.common.documents."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from growthplans.models.plan import GrowthPlan
from leaderdev.common.documents.orders import DocumentOrder, DocumentOrderQuerySet


class DocumentRequestQuerySet(DocumentOrderQuerySet):
    def visible_to(self, user: Any) -> DocumentRequestQuerySet:
        """A person's own requests, of plans that she may still read."""
        readable = GrowthPlan.objects.visible_to(user).order_by().values("pk")
        return self.filter(by_id=user.pk, plan__in=readable)


class DocumentRequest(DocumentOrder):
    class Format(models.TextChoices):
        PDF = "pdf", _("PDF, to print or to hand in")
        DOCX = "docx", _("Word document, to work on")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="documents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_documents")
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    # Keys of the reflections that were ticked; which of them may be read is asked again when it is made.
    reflections: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)

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
