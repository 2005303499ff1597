"""Every permission of this app, each with a sentence that a director can read."""

from __future__ import annotations

from typing import Any

from cohorts.models import Cohort
from cohorts.permissions import may_configure_district


def may_run_mail(user: Any, cohort: Cohort) -> bool:
    """What a cohort's program sends is seen, held and worded by those who configure its district."""
    return may_configure_district(user, cohort.district)
