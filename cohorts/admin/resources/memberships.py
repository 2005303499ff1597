"""Memberships as a spreadsheet, to take along; people come in through the roster and “Add participants”."""

from __future__ import annotations

from django.db.models import QuerySet
from import_export.fields import Field

from cohorts.admin.resources.base import DistrictResource
from cohorts.admin.resources.cells import Choice, Day, Text
from cohorts.models import Membership


class MembershipResource(DistrictResource):
    cohort = Field("cohort__name", "cohort", Text())
    name = Field("leader__user__name", "name", Text())
    email = Field("leader__user__email", "e-mail", Text())
    employee_number = Field("leader__employee_number", "employee number", Text())
    role = Field("role", "role", Choice(Membership.Role.choices))
    joined_on = Field("joined_on", "joined", Day())
    left_on = Field("left_on", "left", Day())

    class Meta:
        model = Membership
        fields = ["cohort", "name", "email", "employee_number", "role", "joined_on", "left_on"]
        export_order = fields

    def get_queryset(self) -> QuerySet:
        own = Membership.objects.filter(cohort__district__in=self.districts)
        return own.select_related("cohort", "leader__user")
