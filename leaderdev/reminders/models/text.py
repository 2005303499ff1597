"""A district's own words for one kind of mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import District
from cohorts.models.district import scoped_by


class MailText(models.Model):
    """Subject and text with placeholders in braces; without a row the program's own templates speak."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="mail_texts")
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=4000)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = scoped_by("district").as_manager()

    class Meta:
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")
        constraints = [models.UniqueConstraint(fields=["district", "kind"], name="mail_text_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.district}: {self.kind}"
