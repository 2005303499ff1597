"""The district itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.models import District


@admin.register(District)
class DistrictAdmin(DistrictScopedAdmin):
    list_display = ["name", "kind_word", "time_zone", "contact_name"]
    search_fields = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}
    instead_of_deleting = _("People, schools or cohorts belong to it. A district with a history stays.")
    fieldsets = [
        (
            _("What it is called"),
            {
                "fields": ["name", "short_name", "kind_word", "slug"],
                "description": _("The short name stands at the top of each page and in each mail."),
            },
        ),
        (
            _("Time and language"),
            {
                "fields": ["time_zone", "language"],
                "description": _("School days begin and end by this clock."),
            },
        ),
        (
            _("Whom people ask"),
            {
                "fields": ["contact_name", "contact_email"],
                "description": _("Shown at the foot of each page; replies to the program’s mail go here."),
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only operators of the installation bring in a district."""
        return request.user.is_active and request.user.is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        # Before the first district there is nothing to configure, and somebody has to add it.
        return super().has_module_permission(request) or self.has_add_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)
