"""A cohort's calendar address: made, renewed and revoked by those who configure the district."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cohorts.models import Cohort, CohortFeed
from cohorts.permissions import may_configure_district
from leaderdev.common.feed_addresses import key_in


def find(token: str) -> CohortFeed | None:
    """The feed of an address, or None."""
    key = key_in(token)
    if key is None:
        return None
    return CohortFeed.objects.select_related("cohort__district").filter(key=key).first()


@transaction.atomic
def renew(*, by: Any, cohort: Cohort) -> CohortFeed:
    """A new address; the old one opens nothing from now on, so members have to be given the new one."""
    _allow(by, cohort)
    CohortFeed.objects.filter(cohort=cohort).delete()
    return CohortFeed.objects.create(cohort=cohort)


@transaction.atomic
def revoke(*, by: Any, cohort: Cohort) -> None:
    _allow(by, cohort)
    CohortFeed.objects.filter(cohort=cohort).delete()


def _allow(by: Any, cohort: Cohort) -> None:
    if not may_configure_district(by, cohort.district):
        raise PermissionDenied
