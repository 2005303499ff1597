"""Import and export of spreadsheets, in the admin, within one's own district."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from import_export.admin import ExportMixin, ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from cohorts.admin import scope


class OwnDistrictSheets:
    """Tells each resource which districts the person configures; it knows of no others."""

    export_formats = [CSV, XLSX]
    # One button; which columns to leave out is decided in the spreadsheet.
    export_form_class = ExportForm
    # What went wrong, for a person; never the traceback.
    import_error_display = ("message",)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)  # type: ignore[attr-defined]

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kept = super().get_resource_kwargs(request, *args, **kwargs)  # type: ignore[misc]
        return {**kept, "districts": scope.districts(request)}


class ExportAdmin(OwnDistrictSheets, ExportMixin):
    """Mixin: the list as a spreadsheet."""


class SpreadsheetAdmin(OwnDistrictSheets, ImportExportMixin):
    """Mixin: the list as a spreadsheet, and rows from one, with a preview before anything is stored."""

    import_formats = [CSV, XLSX]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)  # type: ignore[attr-defined]
