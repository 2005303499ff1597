"""Learning sessions, with times by the district's clock."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.admin.closed_years import ClosedYearsStay
from cohorts.admin.district_clock import DistrictClock
from cohorts.admin.filters import OwnRowsFilter
from cohorts.models import LearningSession


@admin.register(LearningSession)
class LearningSessionAdmin(DistrictClock, ClosedYearsStay, DistrictScopedAdmin):
    list_display = ["title", "number", "program_year", "starts_at", "ends_at", "host"]
    list_filter = [("program_year", OwnRowsFilter)]
    list_select_related = ["program_year__cohort__district", "host"]
    date_hierarchy = "starts_at"
    search_fields = ["title", "place", "host__name"]
    empty_sentence = _("Plan the sessions on the page of their program year.")
    instead_of_deleting = _("People have written about this session. Change its date instead.")
    fieldsets = [
        (
            None,
            {
                "fields": ["program_year", "number", "title", "starts_at", "ends_at", "host", "place"],
                "description": _("Times are by the district’s clock. The host school rotates as a rule."),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["program_year"] if obj else []
