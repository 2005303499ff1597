"""What a printed plan shall look like, and which reflections go with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from growthplans.models import DocumentRequest, Reflection
from leaderdev.common.dates import day_in_words


class ReflectionsForm(forms.Form):
    reflections = forms.TypedMultipleChoiceField(
        label=_("Reflections to include"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the reflections on the page.")},
    )

    def __init__(self, *args: Any, reflections: list[Reflection], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reflections"]
        field.choices = [(each.pk, _label(each, own)) for each in reflections]
        # What is the author's alone goes on paper only when she ticks it herself.
        self.released = [each.pk for each in reflections if each.released_at is not None]
        field.initial = self.released
        if own:
            field.help_text = _("Those that only you read are left out unless you tick them.")
        if not reflections:
            del self.fields["reflections"]


class DocumentForm(ReflectionsForm):
    format = forms.ChoiceField(
        label=_("Format"),
        choices=DocumentRequest.Format.choices,
        initial=DocumentRequest.Format.PDF,
        widget=forms.RadioSelect,
    )
    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=DocumentRequest.Paper.choices,
        initial=DocumentRequest.Paper.LETTER,
        widget=forms.RadioSelect,
    )
    field_order = ["format", "paper", "reflections"]


def _label(reflection: Reflection, own: bool) -> str:
    words = reflection.prompt or str(reflection.get_stage_display()).capitalize()
    label = now("%(words)s (%(day)s)") % {"words": words, "day": day_in_words(reflection.written_on)}
    if own and reflection.released_at is None:
        return now("%(label)s, read by you alone so far") % {"label": label}
    return label
