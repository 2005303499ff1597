"""Schools as a spreadsheet: one row a school, known by its code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import DecimalWidget

from cohorts.admin.resources.base import DistrictResource
from cohorts.admin.resources.cells import Choice, Text, YesNo
from cohorts.models import School


class SchoolResource(DistrictResource):
    code = Field("code", "code", Text())
    name = Field("name", "name", Text())
    kind = Field("kind", "kind", Choice(School.Kind.choices))
    grades = Field("grades", "grades", Text())
    address = Field("address", "address", Text())
    latitude = Field("latitude", "latitude", DecimalWidget())
    longitude = Field("longitude", "longitude", DecimalWidget())
    is_active = Field("is_active", "in use", YesNo())
    district = Field(column_name="district", readonly=True)

    class Meta:
        model = School
        fields = [
            "code",
            "name",
            "kind",
            "grades",
            "address",
            "latitude",
            "longitude",
            "is_active",
            "district",
        ]
        export_order = fields
        import_id_fields = ["code"]
        skip_unchanged = True
        report_skipped = True
        use_bulk = True
        batch_size = None
        use_transactions = True

    def get_queryset(self) -> QuerySet:
        return School.objects.filter(district__in=self.districts).select_related("district")

    def key_of_row(self, row: dict[str, Any]) -> tuple[int, str]:
        return self.district_of(row).pk, Text().clean(row.get("code")).lower()

    def key_of_instance(self, instance: School) -> tuple[int, str]:
        return instance.district_id, instance.code.lower()

    def init_instance(self, row: dict[str, Any] | None = None) -> School:
        return School(district=self.district_of(row or {}))

    def check(self, instance: School) -> None:
        place = (instance.latitude, instance.longitude)
        half = (place[0] is None) != (place[1] is None)
        if half or (None not in place and (abs(place[0]) > 90 or abs(place[1]) > 180)):
            raise ValidationError(
                _("Give latitude (−90 to 90) and longitude (−180 to 180) together, or leave both empty.")
            )

    def dehydrate_district(self, school: School) -> str:
        return school.district.short_name
