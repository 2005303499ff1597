"""The texts of one language, a field each, and the choice of a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import Instrument
from surveys.translating import LANGUAGES, Group, may_be_translated_into


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), initial="fr")

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in LANGUAGES.items() if may_be_translated_into(instrument, row[0])]
        self.fields["language"].choices = sorted(rows, key=lambda row: row[1].casefold())


class TranslationForm(forms.Form):
    """A field for each text that may still be written; what is settled has none."""

    def __init__(self, *args: Any, groups: Sequence[Group], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = [text for group in groups for text in group.texts]
        for text in self.texts:
            if text.settled:
                continue
            look = {"lang": language, "dir": "auto"}
            widget = forms.Textarea({**look, "rows": 2}) if text.is_long else forms.TextInput(look)
            self.fields[text.place] = forms.CharField(
                label=text.label,
                required=False,
                max_length=text.most,
                widget=widget,
                initial=text.translation,
            )

    def wanted(self) -> dict[str, str]:
        """Place → text, with what is settled as it stands."""
        return {
            text.place: text.translation if text.settled else self.cleaned_data[text.place]
            for text in self.texts
        }
