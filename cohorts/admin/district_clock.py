"""Times typed in the admin are the district's times, wherever the person sits."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cohorts.admin import scope


class DistrictClock:
    """Mixin for screens with times: reads and shows them by the clock of the district."""

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _clock(request):
            return _shown(super().changelist_view(request, *args, **kwargs))  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        with _clock(request, row):
            return _shown(super().changeform_view(request, object_id, *args, **kwargs))  # type: ignore[misc]


def _clock(request: HttpRequest, row: Any = None) -> timezone.override:
    found = scope.districts(request)
    if row is not None:
        found = [one for one in found if one.pk == scope.district_id_of(row)]
    return timezone.override(ZoneInfo(found[0].time_zone) if found else None)


def _shown(response: Any) -> HttpResponse:
    """Rendered at once: the admin's answers are rendered late, when the clock is put back already."""
    return response.render() if hasattr(response, "render") else response
