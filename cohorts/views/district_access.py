"""Finding the district that an address names: a stranger finds nothing, an insider may lack the right."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from cohorts.models import District
from cohorts.permissions import may_configure_district


def known_districts(user: Any):
    """Districts that the person belongs to or configures, by name."""
    mine = District.objects.visible_to(user).values("pk")
    managed = District.objects.managed_by(user).values("pk")
    return District.objects.filter(Q(pk__in=mine) | Q(pk__in=managed))


def configured_district(user: Any, slug: str) -> District:
    """The district for somebody who configures it; Http404 for strangers, PermissionDenied for the rest."""
    district = get_object_or_404(known_districts(user), slug=slug)
    if not may_configure_district(user, district):
        raise PermissionDenied
    return district
