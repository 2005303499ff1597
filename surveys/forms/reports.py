"""Ordering a report as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leaderdev.common.documents.orders import Paper


class ReportFileForm(forms.Form):
    format = forms.ChoiceField(
        label=_("File"),
        help_text=_("It is made in the background and kept for a day, for you alone."),
    )
    paper = forms.ChoiceField(
        label=_("Paper"), choices=Paper.choices, required=False, help_text=_("For PDF and Word.")
    )

    def __init__(self, *args: Any, formats: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = formats

    def clean_paper(self) -> str:
        return str(self.cleaned_data["paper"] or Paper.LETTER)
