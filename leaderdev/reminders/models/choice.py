"""What a person wants to hear of, kind by kind."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KindChoice(models.Model):
    """A kind of mail that a person has stopped, or wants again. No row: she gets it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices"
    )
    kind = models.CharField(_("kind"), max_length=40)
    wanted = models.BooleanField(_("wanted"))
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.wanted}"
