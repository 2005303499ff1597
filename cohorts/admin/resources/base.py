"""A spreadsheet of district rows: knows the person's districts alone, and asks the database once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export.resources import ModelResource

from cohorts.admin.resources.cells import neutral
from cohorts.admin.resources.diff import PlainDiff
from cohorts.models import District


class DistrictResource(ModelResource):
    """`districts` are those the person configures.

    Rows are matched by a key of the subclass against one load of the district's rows, and stored in bulk, so
    that five hundred rows ask the database as often as five.
    """

    def __init__(self, districts: Sequence[District] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.districts = districts
        self._known: dict[Any, Any] = {}
        self._seen: dict[Any, int] = {}

    # --- what a subclass says -------------------------------------------------------------------
    def key_of_row(self, row: dict[str, Any]) -> Any:
        raise NotImplementedError

    def key_of_instance(self, instance: Any) -> Any:
        raise NotImplementedError

    def check(self, instance: Any) -> None:
        """Rules that the database would refuse without a sentence; raises ValidationError."""

    # --- reading --------------------------------------------------------------------------------
    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        dataset.headers = [str(header or "").strip().lower() for header in dataset.headers or []]
        self._known = {self.key_of_instance(row): row for row in self.get_queryset()}

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        key, number = self.key_of_row(row), kwargs["row_number"] + 1
        if key in self._seen:
            raise ValidationError(
                _("This stands in row %(row)d already.") % {"row": self._seen[key]}, code="twice"
            )
        self._seen[key] = number

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        return self._known.get(self.key_of_row(row))

    def get_bulk_update_fields(self) -> list[str]:
        own = [field for field in self.fields.values() if field.attribute and not field.readonly]
        return [field.attribute for field in own]

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """Fields and our own rules, without the query per row that a full clean would make."""
        errors = dict(import_validation_errors or {})
        # Rows it points to are the district's own by construction; looking each up again is a query.
        related = [field.name for field in instance._meta.concrete_fields if field.is_relation]
        for step in (lambda: instance.clean_fields(exclude=related), lambda: self.check(instance)):
            try:
                step()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def district_of(self, row: dict[str, Any]) -> District:
        """The district that a row names, or the only one there is; another district is refused."""
        named = str(row.get("district") or "").strip().lower()
        if not named and len(self.districts) == 1:
            return self.districts[0]
        if not named:
            raise ValidationError(_("Name the district in a column “district”: you configure several."))
        for district in self.districts:
            if named in (district.name.lower(), district.short_name.lower(), district.slug):
                return district
        raise ValidationError(_("This row names a district that you do not configure."))

    # --- writing --------------------------------------------------------------------------------
    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return neutral(super().export_field(field, instance, **kwargs))

    def get_diff_class(self) -> type[PlainDiff]:
        return PlainDiff

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError
