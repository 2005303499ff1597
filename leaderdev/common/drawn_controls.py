"""The commonest controls drawn without a template each.

Django renders every widget through a template of its own, and a select through one more for each option
and for each list of attributes. On a page with sixty boxes that was half of the time. What is drawn here
comes from the same widget's own context, and a test holds it equal to Django's to the last attribute;
every other widget goes Django's way.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.forms import (
    BoundField,
    DateInput,
    EmailInput,
    NumberInput,
    Select,
    Textarea,
    TextInput,
    URLInput,
)
from django.utils.safestring import SafeString, mark_safe

# Exactly these: a subclass may have a template of its own.
_INPUTS = (TextInput, DateInput, NumberInput, EmailInput, URLInput)


def drawn_control(field: BoundField, attrs: dict[str, Any]) -> SafeString | None:
    """The control of a bound field with these attributes, or None where Django itself must draw it."""
    widget = field.field.widget
    draw = _DRAW.get(type(widget))
    if draw is None or field.field.localize:
        return None
    attrs = field.build_widget_attrs(attrs, widget)
    if field.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", field.auto_id)
    return draw(widget.get_context(field.html_name, field.value(), attrs)["widget"])


def _input(widget: dict[str, Any]) -> SafeString:
    first = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] not in (None, ""):
        first["value"] = widget["value"]
    return _safe(f"<input{_attrs(first | widget['attrs'])}>")


def _textarea(widget: dict[str, Any]) -> SafeString:
    # The line break belongs to the element: without it a text's own first one would be lost.
    text = "" if widget["value"] is None else _escaped(widget["value"])
    return _safe(f"<textarea{_attrs({'name': widget['name'], **widget['attrs']})}>\n{text}</textarea>")


def _select(widget: dict[str, Any]) -> SafeString:
    groups = []
    for name, options, _index in widget["optgroups"]:
        inner = "".join(_option(each) for each in options)
        groups.append(f'<optgroup label="{_escaped(name)}">{inner}</optgroup>' if name else inner)
    attrs = _attrs({"name": widget["name"], **widget["attrs"]})
    return _safe(f"<select{attrs}>{''.join(groups)}</select>")


def _option(option: dict[str, Any]) -> str:
    attrs = _attrs({"value": option["value"], **option["attrs"]})
    return f"<option{attrs}>{_escaped(option['label'])}</option>"


def _attrs(attrs: dict[str, Any]) -> str:
    """As Django's own template writes them: what is True stands alone, what is False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    """As a template does: what is marked safe stays. The same function as Django's, without its wrapping,
    which is called some hundred times on a page."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  every value in it went through _escaped


_DRAW: dict[type, Any] = {**dict.fromkeys(_INPUTS, _input), Textarea: _textarea, Select: _select}
