"""List filters that name nothing of another district."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from cohorts.admin import scope


class OwnRowsFilter(admin.RelatedFieldListFilter):
    """Offers only rows of the person's own districts."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[Any, str]]:
        own = scope.rows(request, field.related_model)
        return [(row.pk, str(row)) for row in own.select_related(*named_by(field.related_model))]


def named_by(model: Any) -> tuple[str, ...]:
    """What a row's name needs besides its own columns."""
    needs = {"Leader": ("user",), "ProgramYear": ("cohort",), "SchoolCalendar": ("district",)}
    return needs.get(model.__name__, ())


class QuestionFilter(admin.SimpleListFilter):
    """A yes-or-no question with a name of its own; subclasses say how `answer` narrows the list."""

    words: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: Any, model_admin: Any) -> tuple[tuple[str, Any], ...]:
        return self.words

    def queryset(self, request: Any, queryset: Any) -> Any:
        return self.answer(queryset, self.value()) if self.value() else queryset

    def answer(self, queryset: Any, value: str) -> Any:
        raise NotImplementedError
