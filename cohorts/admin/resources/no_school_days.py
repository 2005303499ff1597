"""Days without school as a spreadsheet: one row a day or a break, known by its school year and first day."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field

from cohorts.admin.resources.base import DistrictResource
from cohorts.admin.resources.cells import Choice, Day, Text
from cohorts.models import NoSchoolDay, SchoolCalendar
from cohorts.year_labels import same_label


class NoSchoolDayResource(DistrictResource):
    school_year = Field(column_name="school year", readonly=True)
    first_day = Field("first_day", "first day", Day())
    last_day = Field("last_day", "last day", Day())
    kind = Field("kind", "kind", Choice(NoSchoolDay.Kind.choices))
    name = Field("name", "name", Text())
    district = Field(column_name="district", readonly=True)

    class Meta:
        model = NoSchoolDay
        fields = ["school_year", "first_day", "last_day", "kind", "name", "district"]
        export_order = fields
        import_id_fields = ["first_day"]
        skip_unchanged = True
        report_skipped = True
        use_bulk = True
        batch_size = None
        use_transactions = True

    def get_queryset(self) -> QuerySet:
        own = NoSchoolDay.objects.filter(calendar__district__in=self.districts)
        return own.select_related("calendar__district")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self._calendars = list(SchoolCalendar.objects.filter(district__in=self.districts))

    def key_of_row(self, row: dict[str, Any]) -> tuple[int, Any]:
        return self._calendar_of(row).pk, Day().clean(row.get("first day"))

    def key_of_instance(self, instance: NoSchoolDay) -> tuple[int, Any]:
        return instance.calendar_id, instance.first_day

    def init_instance(self, row: dict[str, Any] | None = None) -> NoSchoolDay:
        return NoSchoolDay(calendar=self._calendar_of(row or {}))

    def check(self, instance: NoSchoolDay) -> None:
        if instance.first_day and instance.last_day and instance.last_day < instance.first_day:
            raise ValidationError(_("The last day cannot come before the first."))

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        # A single day is written with its first day alone.
        instance.last_day = instance.last_day or instance.first_day
        super().validate_instance(instance, import_validation_errors, **kwargs)

    def dehydrate_school_year(self, day: NoSchoolDay) -> str:
        return day.calendar.label

    def dehydrate_district(self, day: NoSchoolDay) -> str:
        return day.calendar.district.short_name

    def _calendar_of(self, row: dict[str, Any]) -> SchoolCalendar:
        district = self.district_of(row)
        own = [one for one in self._calendars if one.district_id == district.pk]
        label = Text().clean(row.get("school year"))
        found = [one for one in own if one.label == label or same_label(one.label, label)]
        if not label:
            found = own[:1] if len(own) == 1 else []
        if not found:
            raise ValidationError(
                _("Name the school year in a column “school year”, as in your calendars: %(known)s.")
                % {"known": ", ".join(one.label for one in own) or _("none is entered yet")}
            )
        return found[0]
