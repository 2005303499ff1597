"""One questionnaire put to one cohort, wave after wave."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.district import DistrictScopedQuerySet
from surveys.models.instrument import Instrument


def new_key_name() -> str:
    return secrets.token_hex(16)


class SurveyQuerySet(DistrictScopedQuerySet):
    district_path = "cohort__district"

    def visible_to(self, user: Any) -> SurveyQuerySet:
        return self.filter(cohort__in=Cohort.objects.visible_to(user).values("pk"))

    def for_research(self) -> SurveyQuerySet:
        """Those that ask whether answers may be analyzed; the others have no report (session feedback)."""
        return self.exclude(instrument__consent_text="")


class Survey(models.Model):
    """Answers of one person are paired across the waves of one survey, and never beyond it.

    `key_name` names the file, outside the database, without which nobody can tell whose answers are whose;
    sealing destroys it. `smallest_group` is empty until the first wave is announced and stays from then on.
    """

    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("cohort")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("instrument")
    )
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)
    key_name = models.CharField(max_length=32, default=new_key_name, editable=False, unique=True)
    smallest_group = models.PositiveSmallIntegerField(
        _("smallest group shown"), null=True, blank=True, editable=False
    )
    sealed = models.BooleanField(_("sealed"), default=False, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest_group=None) | Q(smallest_group__gte=5),
                name="survey_smallest_group_at_least_five",
            ),
        ]

    def __str__(self) -> str:
        return self.title
