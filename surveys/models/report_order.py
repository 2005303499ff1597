"""A report of findings on its way to a file."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from leaderdev.common.documents.orders import DocumentOrder, DocumentOrderQuerySet
from surveys.models.wave import Wave


class ReportOrderQuerySet(DocumentOrderQuerySet):
    def visible_to(self, user: Any) -> ReportOrderQuerySet:
        return self.filter(by_id=user.pk)


class ReportOrder(DocumentOrder):
    """One format of the report of two waves, for one person, for a day."""

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF, to print or to hand in")
        DOCX = "docx", _("Word document, to work on")
        XLSX = "xlsx", _("spreadsheet, one table a sheet")
        HTML = "html", _("web page in one file")
        JSON = "json", _("JSON, for other programs")
        BUNDLE = "bundle", _("frozen bundle: data, codebook, report, sums")

    pre = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+", verbose_name=_("wave before"))
    post = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+", verbose_name=_("wave after"))
    format = models.CharField(_("format"), max_length=6, choices=Format.choices)

    objects = ReportOrderQuerySet.as_manager()
