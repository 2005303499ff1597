"""What a cohort sends: held back or not, kinds on and off, and how long ahead."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.district import scoped_by


class CohortMail(models.Model):
    """A cohort whose mail is held: what falls due waits for its release, or is of no use then."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="mail")
    held_at = models.DateTimeField(_("held since"))
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = scoped_by("cohort__district").as_manager()

    class Meta:
        verbose_name = _("held mail of a cohort")
        verbose_name_plural = _("held mail of cohorts")

    def __str__(self) -> str:
        return str(self.cohort)


class KindSwitch(models.Model):
    """A cohort's own wishes for one kind. No row: the kind is on, with its usual days."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="mail_switches")
    kind = models.CharField(_("kind"), max_length=40)
    is_on = models.BooleanField(_("sent"), default=True)
    # Days by stage, such as {"week": 5}; a stage that is not named keeps its usual days.
    days: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict, blank=True)

    objects = scoped_by("cohort__district").as_manager()

    class Meta:
        verbose_name = _("kind of mail of a cohort")
        verbose_name_plural = _("kinds of mail of cohorts")
        constraints = [models.UniqueConstraint(fields=["cohort", "kind"], name="mail_switch_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.kind}"
