"""Template tags of form fields: the control, what describes it, and the links of the error summary."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    DateInput,
    MultiWidget,
    Select,
    TimeInput,
    Widget,
)
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leaderdev.common.drawn_controls import drawn_control

register = template.Library()


@register.simple_tag
def described_by(field: BoundField) -> str:
    """Ids of the texts that describe the control, in reading order: who sees it, help, errors.

    Django ties help and errors by itself but knows nothing of the audience line, so the list is made here,
    with Django's own ids for the other two.
    """
    found = [field.field.widget.attrs.get("aria-describedby", "")]
    if field.auto_id:
        found += [f"{field.auto_id}_audience"] if getattr(field.field, "audience", "") else []
        found += [f"{field.auto_id}_helptext"] if field.help_text else []
        found += [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(filter(None, found))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The bare control, drawn by Django, with Bootstrap's class and its descriptions."""
    widget = field.field.widget
    classes = [widget.attrs.get("class", ""), _bootstrap_class(widget), "is-invalid" if field.errors else ""]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    ids = described_by(field)
    if ids and not field.use_fieldset:
        attrs["aria-describedby"] = ids
    if isinstance(widget, MultiWidget):
        _name_the_parts(widget, str(field.label))
    drawn = drawn_control(field, attrs)
    return field.as_widget(attrs=attrs) if drawn is None else drawn


def _name_the_parts(widget: MultiWidget, label: str) -> None:
    """The legend names the group; each input of it needs a name of its own, which Django does not give."""
    kinds: dict[type, str] = {DateInput: _("date"), TimeInput: _("time")}
    for position, part in enumerate(widget.widgets, start=1):
        kind = kinds.get(type(part), str(position))
        part.attrs.setdefault("aria-label", f"{label}: {kind}")


def _bootstrap_class(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    parts = widget.widgets if isinstance(widget, MultiWidget) else [widget]
    return "form-select" if all(isinstance(part, Select) for part in parts) else "form-control"


@register.simple_tag
def required_word(field: BoundField) -> SafeString | str:
    """The word “required” beside a label, only in forms that also have fields one may leave empty.

    Where everything is required, saying so on each line is noise; a screen reader hears it from the control.
    """
    if not field.field.required or all(_must_fill(other) for other in field.form.visible_fields()):
        return ""
    return format_html(' <span class="required-word">({})</span>', _("required"))


def _must_fill(field: BoundField) -> bool:
    return field.field.required or isinstance(field.field.widget, CheckboxInput)


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
    label = str(field.label)
    if field.is_hidden or not label:
        return error
    return f"{label} {error}" if label.endswith(("?", ".", ":", "!")) else f"{label}: {error}"


def _target(field: BoundField) -> str:
    """The id a link can reach; a group of radios or checkboxes is reached through its first choice."""
    if field.is_hidden:
        return ""
    widget = field.field.widget
    if isinstance(widget, MultiWidget):
        # Django numbers the parts from zero and names them after the group.
        return f"{field.auto_id}_0"
    choices = field.subwidgets if field.use_fieldset else []
    return str(choices[0].id_for_label if choices else field.id_for_label)
