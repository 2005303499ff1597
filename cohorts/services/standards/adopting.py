"""Copying a shipped standard into a district."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cohorts.interchange.library import from_library
from cohorts.models import District, Standard
from cohorts.services.standards.applying import import_standard


class NotInLibraryError(LookupError):
    """No standard of that name ships."""


@transaction.atomic
def adopt_library_standard(*, by: Any, district: District, slug: str) -> Standard:
    """The district's own copy of a shipped standard; adopting twice gives the copy that is there, unchanged.

    Raises NotInLibraryError, and PermissionDenied for somebody who does not configure the district.
    """
    document = from_library(slug)
    if document is None:
        raise NotInLibraryError(slug)
    District.objects.select_for_update().get(pk=district.pk)  # two clicks make one copy
    there = Standard.objects.in_district(district).filter(identifier=document.identifier).first()
    return there or import_standard(by=by, district=district, document=document)
