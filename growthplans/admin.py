"""The admin sees one thing of growth plans: by when a year's check-ins are held. Plans are not registered."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.admin.filters import OwnRowsFilter
from growthplans.models import CheckInDate
from growthplans.services.check_in_dates import follow, forget


@admin.register(CheckInDate)
class CheckInDateAdmin(DistrictScopedAdmin):
    list_display = ["program_year", "kind", "due_on"]
    list_filter = [("program_year", OwnRowsFilter)]
    list_select_related = ["program_year__cohort__district"]
    empty_sentence = _(
        "Beginning, middle and end are planned when the first plan of a year is shared. "
        "Add days here to have it otherwise: from one to five a year."
    )
    fieldsets = [
        (
            None,
            {
                "fields": ["program_year", "kind", "due_on"],
                "description": _(
                    "A year has the check-ins that are listed here, from one to five, and no others. One "
                    "that you add comes into every plan that is shared and not closed. A new day reaches the "
                    "check-ins that nobody has moved; what was held stays. You see no plan and no name here."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["program_year", "kind"] if obj is not None else []

    def save_model(self, request: HttpRequest, obj: CheckInDate, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        follow(dates=obj)

    def delete_model(self, request: HttpRequest, obj: CheckInDate) -> None:
        forget(dates=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            forget(dates=row)
