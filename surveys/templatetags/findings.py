"""Parts of a report's file: {% load findings %}."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def drawn(drawings: Mapping[str, SafeString], key: str) -> SafeString:
    """The SVG of one picture; it was escaped when it was drawn."""
    return drawings[key]


@register.filter
def as_style(css: str) -> SafeString:
    """Our own style sheets inside a page; they hold nothing that somebody typed."""
    return mark_safe(css.replace("</", "<\\/"))  # noqa: S308 (files of ours)
