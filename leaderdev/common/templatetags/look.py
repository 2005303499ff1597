"""Template tags of the look: icons, error links, table cells. Load with {% load look %}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from leaderdev.common.icons import drawing

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline drawing. Without a label it is decoration and hidden from screen readers."""
    inner = mark_safe(drawing(name))  # noqa: S308  our own files, checked in
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}" focusable="false">{}</svg>',
            label,
            inner,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', inner
    )


@register.simple_tag(takes_context=True)
def error_links(context: template.Context) -> list[dict[str, str]]:
    """What the error summary lists, top to bottom: {"text": sentence, "target": id of the control or ""}.

    Reads `form` and `formset` from the context itself, because a page may have either.
    """
    form, formset = context.get("form"), context.get("formset")
    found: list[dict[str, str]] = []
    forms: list[BaseForm] = [form] if isinstance(form, BaseForm) else []
    if isinstance(formset, BaseFormSet):
        found += [{"text": str(error), "target": ""} for error in formset.non_form_errors()]
        forms += list(formset.forms)
    for one in forms:
        found += [{"text": str(error), "target": ""} for error in one.non_field_errors()]
        for field in one:
            found += [{"text": _named(field, str(error)), "target": _target(field)} for error in field.errors]
    return found


def _named(field: BoundField, error: str) -> str:
    """The label before the error, so that the sentence can be understood away from its field."""
    return error if field.is_hidden else f"{field.label}: {error}"


def _target(field: BoundField) -> str:
    """The id a link can reach; a group of radios or checkboxes is reached through its first choice."""
    if field.is_hidden:
        return ""
    choices = field.subwidgets if field.use_fieldset else []
    return str(choices[0].id_for_label if choices else field.id_for_label)


@register.simple_tag
def labelled_cells(columns: Iterable[Any], cells: Iterable[Any]) -> list[dict[str, Any]]:
    """Each cell with its column's label, shown beside it on a phone. The first column heads the row."""
    rest = list(columns)[1:]
    return [
        {"text": cell, "label": column["label"], "number": bool(column.get("number"))}
        for column, cell in zip(rest, cells, strict=True)
    ]
