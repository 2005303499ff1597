"""What the preview of an import shows in each cell: the old words struck out, the new ones marked."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString


class PlainDiff:
    """Whole cells, without the inline styles that the content security policy forbids."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.new = new
        self.before = _cells(resource, instance)
        self.after: list[str] = []

    def compare_with(self, resource: Any, instance: Any) -> None:
        self.after = _cells(resource, instance)

    def as_html(self) -> list[SafeString]:
        return [self._cell(old, now) for old, now in zip(self.before, self.after, strict=True)]

    def _cell(self, old: str, now: str) -> SafeString:
        if self.new or old == now:
            return escape(now)
        struck = format_html("<del>{}</del> ", old) if old else ""
        return format_html("{}<ins>{}</ins>", struck, now)


def _cells(resource: Any, instance: Any) -> list[str]:
    if instance is None:
        return ["" for _field in resource.get_user_visible_fields()]
    values = [resource.export_field(field, instance) for field in resource.get_user_visible_fields()]
    return ["" if value is None else str(value) for value in values]
