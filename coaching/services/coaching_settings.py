"""What a cohort settles for its trios' year."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import CoachingSettings
from cohorts.models import ProgramYear
from cohorts.permissions import may_configure_year
from cohorts.services.errors import RefusedError


@transaction.atomic
def set_coaching(*, by: Any, year: ProgramYear, values: dict[str, Any]) -> CoachingSettings:
    """Keep the pace and the thresholds of the year; from now on every trio's page counts with them.

    Raises RefusedError where the person may not configure the year.
    """
    if not may_configure_year(by, year):
        raise RefusedError(_("Only people who configure the year change this."))
    kept, _created = CoachingSettings.objects.update_or_create(program_year=year, defaults=values)
    return kept
