"""The district itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.admin.forms import OneDistrictForm
from cohorts.models import District
from leaderdev.accounts import zones


class DistrictForm(OneDistrictForm):
    """Zone and language are chosen as in one's own profile; nobody has to know a technical spelling."""

    time_zone = forms.ChoiceField(
        label=_("time zone"),
        choices=zones.choices,
        help_text=_("School days and survey closing times are meant in this zone."),
    )
    language = forms.ChoiceField(
        label=_("language"),
        choices=settings.LANGUAGES,
        help_text=_("In which people new to the district are written to, until they choose for themselves."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A value from before the list was drawn up stays what it is until somebody chooses another.
        for name in ("time_zone", "language"):
            stored = getattr(self.instance, name)
            if name in self.fields and not self.fields[name].valid_value(stored):
                self.fields[name].choices = [(stored, stored), *self.fields[name].choices]


@admin.register(District)
class DistrictAdmin(DistrictScopedAdmin):
    form = DistrictForm
    list_display = ["name", "kind_word", "clock", "contact_name"]
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

    @admin.display(description=_("time zone"), ordering="time_zone")
    def clock(self, district: District) -> str:
        return zones.name_of(district.time_zone)

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
