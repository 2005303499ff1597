"""Finding the upload that an address names, in a district that was authorized already."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404

from cohorts.models import District, RosterImport


def roster_import_of(district: District, pk: uuid.UUID) -> RosterImport:
    """Http404 for an upload of another district."""
    found = RosterImport.objects.in_district(district).select_related("district", "by")
    return get_object_or_404(found, pk=pk)
