"""Forms of the admin: one district a row, and choices that are asked for once a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect
from django.db import router
from django.forms.boundfield import BoundField
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from cohorts.admin import scope
from leaderdev.common.numbers import whole


class OneDistrictForm(forms.ModelForm):
    """Refuses a row that would tie two districts together, for a person who configures both."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        home = self._home()
        for name, value in list((cleaned or self.cleaned_data).items()):
            if home is None or name not in self.fields or not _is_row(value):
                continue
            if scope.district_id_of(value) not in (None, home):
                self.add_error(name, _("This belongs to another district."))
        return cleaned

    def _home(self) -> int | None:
        """The district of the row itself: what the form says of it, else what the row says."""
        path = scope.path_of(self._meta.model)
        if path is None:
            return None
        chosen = self.cleaned_data.get(path.split("__")[0])
        return scope.district_id_of(chosen if _is_row(chosen) else self.instance)


def _is_row(value: Any) -> bool:
    return hasattr(value, "_meta") and scope.is_scoped(type(value))


class SharedChoicesFormSet(BaseInlineFormSet):
    """Asks for the choices of a select once, not once for every row of the inline."""

    def clean(self) -> None:
        """A row on which other rows hang is history; it is not deleted in passing."""
        super().clean()
        doomed = [form.instance for form in self.deleted_forms if form.instance.pk]
        collector = NestedObjects(using=router.db_for_write(self.model), origin=doomed)
        collector.collect(doomed)
        if collector.protected or set(collector.model_objs) - {self.model}:
            raise forms.ValidationError(_("Something has been written about one of these, so it stays."))

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        shared = self.__dict__.setdefault("_shared_choices", {})
        for name, field in form.fields.items():
            if _is_plain_select(field):
                if name not in shared:
                    shared[name] = list(field.choices)
                field.choices = shared[name]
            say_what_it_is(field)
            field.bound_field_class = CellField


class CellField(BoundField):
    """A field in a cell of a table: its help stands in the column's heading, so nothing points at it here."""

    @property
    def aria_describedby(self) -> str | None:
        return f"{self.auto_id}_error" if self.errors else None


class NamedAutocomplete(AutocompleteSelect):
    """A search field that says what to type: to the ear an empty one would have no name at all."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> Any:
        return super().build_attrs(base_attrs, extra_attrs) | {
            "data-placeholder": str(_("Type part of a name"))
        }

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        """What cannot be a key is no choice: “NaN” came back as a server error instead of a refused form."""
        keys = [each for each in value if whole(each)]
        return super().optgroups(name, keys or [""], attr)


def say_what_it_is(field: forms.Field) -> None:
    """A name for the ear: a cell of a table has its column's heading, but no label of its own."""
    widget = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.MultiWidget):
        for part, word in zip(widget.widgets, (_("date"), _("time")), strict=True):
            part.attrs["aria-label"] = f"{field.label}, {word}"
    elif not widget.is_hidden:
        widget.attrs["aria-label"] = str(field.label)
        if field.help_text:
            widget.attrs["aria-description"] = str(field.help_text)


def _is_plain_select(field: forms.Field) -> bool:
    """Autocomplete fields load what they show by themselves, and hidden ones show nothing."""
    widget = getattr(field.widget, "widget", field.widget)
    is_select = isinstance(widget, forms.Select) and not isinstance(widget, AutocompleteMixin)
    return isinstance(field, forms.ModelChoiceField) and is_select
