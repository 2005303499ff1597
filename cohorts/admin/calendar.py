"""The school-year calendar with its days without school."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin, ScopedInline
from cohorts.admin.filters import OwnRowsFilter
from cohorts.admin.resources.no_school_days import NoSchoolDayResource
from cohorts.admin.spreadsheets import SpreadsheetAdmin
from cohorts.models import NoSchoolDay, SchoolCalendar


class NoSchoolDayInline(ScopedInline):
    model = NoSchoolDay
    fields = ["first_day", "last_day", "kind", "name"]
    extra = 1


@admin.register(SchoolCalendar)
class SchoolCalendarAdmin(DistrictScopedAdmin):
    list_display = ["label", "first_day", "last_day", "days_entered"]
    list_select_related = ["district"]
    search_fields = ["label"]
    vanishes_with = (NoSchoolDay,)
    instead_of_deleting = _("A program year uses this calendar. Choose another one there first.")
    inlines = [NoSchoolDayInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["district", "label", "first_day", "last_day"],
                "description": _(
                    "Sessions, meetings and mail keep away from weekends and from the days named below. "
                    "Many days at once: import them under “Days without school”."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(entered=Count("no_school_days"))

    @admin.display(description=_("days without school"), ordering="entered")
    def days_entered(self, calendar: Any) -> int:
        return calendar.entered


@admin.register(NoSchoolDay)
class NoSchoolDayAdmin(SpreadsheetAdmin, DistrictScopedAdmin):
    resource_classes = [NoSchoolDayResource]
    list_display = ["name", "first_day", "last_day", "kind", "calendar"]
    list_filter = [("calendar", OwnRowsFilter), "kind"]
    list_select_related = ["calendar__district"]
    date_hierarchy = "first_day"
    search_fields = ["name"]
    fieldsets = [
        (
            None,
            {
                "fields": ["calendar", "name", "kind", "first_day", "last_day"],
                "description": _("A single day has the same first and last day; a break has two."),
            },
        ),
    ]
