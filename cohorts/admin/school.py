"""Schools and the central office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.admin.filters import QuestionFilter
from cohorts.admin.resources.schools import SchoolResource
from cohorts.admin.spreadsheets import SpreadsheetAdmin
from cohorts.models import School


class PlaceFilter(QuestionFilter):
    title = _("coordinates")
    parameter_name = "place"
    words = (("none", _("missing")), ("known", _("known")))

    def answer(self, queryset: Any, value: str) -> Any:
        return queryset.filter(latitude__isnull=value == "none")


@admin.register(School)
class SchoolAdmin(SpreadsheetAdmin, DistrictScopedAdmin):
    resource_classes = [SchoolResource]
    list_display = ["name", "code", "kind", "grades", "is_active"]
    list_filter = ["kind", "is_active", PlaceFilter]
    list_select_related = ["district"]
    search_fields = ["name", "code", "address"]
    empty_sentence = _("Enter the central office and each school, or import all of them from a spreadsheet.")
    instead_of_deleting = _(
        "Leaders have or had a post there. Switch “in use” off instead; its history stays."
    )
    fieldsets = [
        (
            _("The school"),
            {
                "fields": ["district", "name", "code", "kind", "grades"],
                "description": _("The central office is entered here as well, with its own kind."),
            },
        ),
        (
            _("Where it is"),
            {
                "fields": ["address", "latitude", "longitude"],
                "description": _("Coordinates let trios be formed so that nobody drives far."),
            },
        ),
        (
            _("Keeping it"),
            {
                "fields": ["is_active", "source_id"],
                "description": _("A school that closes is switched off, never deleted."),
            },
        ),
    ]
