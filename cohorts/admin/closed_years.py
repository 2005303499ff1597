"""What belongs to a closed program year is read, not changed."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey
from django.http import HttpRequest

from cohorts.models import ProgramYear


class ClosedYearsStay:
    """Mixin for rows of a program year: a closed year takes no new ones and keeps its own as they are."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_over(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_over(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "program_year":
            kwargs["queryset"] = ProgramYear.objects.exclude(state=ProgramYear.State.CLOSED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting many at once would not ask each row whether its year is closed."""
        actions = super().get_actions(request)  # type: ignore[misc]
        actions.pop("delete_selected", None)
        return actions


def _is_over(row: Any) -> bool:
    return row is not None and row.program_year.is_closed
