"""What every screen of the admin has in common: rows, rights and choices of one's own district alone."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, router
from django.db.models import ForeignKey, Model, QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cohorts.admin import scope
from cohorts.admin.filters import OwnRowsFilter, named_by
from cohorts.admin.forms import NamedAutocomplete, OneDistrictForm, SharedChoicesFormSet, say_what_it_is
from cohorts.models import District

# More digits than the largest number of a column has; a date or a time of day never has so many in a row.
_LONG_NUMBER = re.compile(r"\d{19,}")


class ScopedChoices:
    """Choices of a foreign key come from the person's own districts, whoever asks and wherever."""

    adds_related = True

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.remote_field.model
        if scope.is_scoped(related):
            own = scope.rows(request, related).select_related(*named_by(related))
            kwargs["queryset"] = own & kwargs["queryset"] if "queryset" in kwargs else own
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", NamedAutocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice stands at most “add”: changing and deleting are done on the row's own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field, forms.Field) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and self.adds_related
        if isinstance(field, forms.SplitDateTimeField):
            say_what_it_is(field)
        return field


class DistrictScopedAdmin(ScopedChoices, admin.ModelAdmin):
    """Rights follow from the district, not from Django's table of permissions.

    `vanishes_with` lists the only models whose rows may be deleted together with one of these; anything
    else that hangs on the row is history, and the row is refused to be deleted.
    """

    form = OneDistrictForm
    vanishes_with: tuple[type[Model], ...] = ()
    instead_of_deleting = _("It has history that would vanish with it. Make it inactive instead.")
    # What to do next, where the list is empty.
    empty_sentence: Any = _("Nothing is entered yet. Use the button above.")
    change_list_template = "admin/cohorts/change_list.html"
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    view_on_site = False
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    delete_confirmation_template = "admin/cohorts/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/cohorts/delete_selected_confirmation.html"

    # --- rights ---------------------------------------------------------------------------------
    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(scope.districts(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._configures(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._configures(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._configures(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._configures(request, obj)

    def _configures(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(scope.districts(request)) if obj is None else scope.manages(request, obj)

    # --- rows -----------------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet:
        own = scope.rows(request, self.model)
        ordering = self.get_ordering(request)
        return own.order_by(*ordering) if ordering else own

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """A row of another district does not exist: 404, not the stock redirect with its message."""
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404
        return row

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = list(super().get_list_display(request))
        asks = self._has_district_field() and scope.only_district(request) is None
        return [*shown, "district"] if asks else shown

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        shown = list(super().get_list_filter(request))
        asks = self._has_district_field() and scope.only_district(request) is None
        return [("district", OwnRowsFilter), *shown] if asks else shown

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """With the person's districts, for links to pages that belong to one of them."""
        if _asks_the_impossible(request):
            # As the stock list answers a filter that it cannot read.
            return HttpResponseRedirect(f"{request.path}?e=1")
        extra = {
            "own_districts": scope.districts(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "empty_sentence": self.empty_sentence,
            **(extra_context or {}),
        }
        return super().changelist_view(request, extra)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where somebody else stored the same thing between check and save, the second check says so."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    # --- the district of a row ------------------------------------------------------------------
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "district" in form.base_fields:
            _settle_district(form.base_fields["district"], scope.only_district(request), obj)
        return form

    def _has_district_field(self) -> bool:
        return scope.path_of(self.model) == "district"

    # --- deleting -------------------------------------------------------------------------------
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Refused where anything goes along that is not named in `vanishes_with`."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        if collector.protected or set(collector.model_objs) - {self.model, *self.vanishes_with}:
            return [], {}, set(), [self.instead_of_deleting]
        return super().get_deleted_objects(objs, request)


def _asks_the_impossible(request: HttpRequest) -> bool:
    """Whether a filter in the address holds what no database column can: it would be a server error."""
    values = (value for name, found in request.GET.lists() if name != "q" for value in found)
    return any("\0" in value or _LONG_NUMBER.search(value) for value in values)


def _settle_district(field: forms.Field, only: District | None, obj: Any) -> None:
    """A stored row keeps its district; a new one gets the only district there is, without a question."""
    fixed = scope.district_id_of(obj) if obj is not None else (only.pk if only else None)
    if fixed is None:
        return
    field.queryset = District.objects.filter(pk=fixed)  # type: ignore[attr-defined]
    field.initial = fixed
    field.widget = forms.HiddenInput()


class ScopedInline(ScopedChoices, admin.TabularInline):
    """Rows inside another row's page: whoever may see that row may see these."""

    form = OneDistrictForm
    formset = SharedChoicesFormSet
    template = "admin/cohorts/tabular.html"
    adds_related = False
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or scope.manages(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or scope.manages(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or scope.manages(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or scope.manages(request, obj)


def short_day(name: str, heading: Any) -> Any:
    """A column with the date `name` in short: a table of many rows keeps to one line a row on a phone."""

    @admin.display(description=heading)
    def column(inline: Any, row: Any) -> str:
        day = getattr(row, name)
        return (
            format_html('<span class="short-day">{}</span>', date_format(day, "SHORT_DATE_FORMAT"))
            if day
            else "–"
        )

    return column


class ListedInline(ScopedInline):
    """Rows that are only listed here, each with a link to its own page."""

    can_delete = False
    classes = ["listed"]
    readonly_fields: Any = ["page"]

    @admin.display(description=_("name"))
    def page(self, row: Any) -> str:
        """The row's own name, leading to its page; the stock line above each row is hidden by style."""
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, self.name_of(row))

    def name_of(self, row: Any) -> str:
        return str(row)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
