"""Memberships: who belongs to which cohort, as what."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin
from cohorts.admin.filters import OwnRowsFilter
from cohorts.admin.resources.memberships import MembershipResource
from cohorts.admin.spreadsheets import ExportAdmin
from cohorts.models import Membership


@admin.register(Membership)
class MembershipAdmin(ExportAdmin, DistrictScopedAdmin):
    resource_classes = [MembershipResource]
    list_display = ["leader", "cohort", "role", "joined_on", "left_on"]
    list_filter = ["role", ("cohort", OwnRowsFilter)]
    list_select_related = ["leader__user", "cohort"]
    search_fields = ["leader__user__name", "leader__user__email", "cohort__name"]
    autocomplete_fields = ["leader"]
    empty_sentence = _("Add people on the page of their cohort: “Add participants”.")
    instead_of_deleting = _(
        "This person has chosen a focus or has a seat in a trio. Enter the day of leaving instead."
    )
    fieldsets = [
        (
            None,
            {
                "fields": ["cohort", "leader", "role", "joined_on", "left_on"],
                "description": _(
                    "A person may hold two roles in a cohort, each as a membership of its own. "
                    "Many people at once: “Add participants” on the cohort’s page."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Another person or cohort is another membership, not a correction of this one."""
        return ["cohort", "leader"] if obj else []
