"""Template tags of the look: icons and table cells. Load with {% load look %}."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leaderdev.common.icons import drawing

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline drawing. Without a label it is decoration and hidden from screen readers."""
    if not label:
        return _decoration(name)
    inner = mark_safe(drawing(name))  # noqa: S308  our own files, checked in
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}" focusable="false">{}</svg>',
        label,
        inner,
    )


@lru_cache(maxsize=256)
def _decoration(name: str) -> SafeString:
    inner = mark_safe(drawing(name))  # noqa: S308  our own files, checked in
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', inner
    )


@register.simple_tag
def drawn_once(template: str) -> SafeString:
    """A part that is the same on every page, drawn once in a process; afresh while somebody writes at it."""
    return render_to_string(template) if settings.DEBUG else _drawn(template)


@lru_cache(maxsize=16)
def _drawn(template: str) -> SafeString:
    return render_to_string(template)


@register.simple_tag
def labelled_cells(columns: Iterable[Any], cells: Iterable[Any]) -> list[dict[str, Any]]:
    """Each cell with its column's label, shown beside it on a phone. The first column heads the row."""
    rest = list(columns)[1:]
    return [
        {"text": cell, "label": column["label"], "number": bool(column.get("number"))}
        for column, cell in zip(rest, cells, strict=True)
    ]


@register.filter
def named_first_column(table: str) -> SafeString:
    """The stock table of an inline with words, for the ear, in the heading that it leaves empty."""
    words = format_html('<th class="original"><span class="visually-hidden">{}</span></th>', _("Row"))
    # Where nothing may be deleted the last heading is empty as well: an empty cell is no heading.
    named = table.replace('<th class="original"></th>', words).replace("<th></th>", "<td></td>")
    return mark_safe(named)  # noqa: S308 (rendered just now)
