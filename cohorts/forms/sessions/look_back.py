"""Looking back on a session by five moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import LookBack
from cohorts.models.look_back import MOVES


class LookBackForm(forms.ModelForm):
    class Meta:
        model = LookBack
        fields = (*MOVES, "noticed", "next_time")
        widgets = {
            "noticed": forms.Textarea(attrs={"rows": 4}),
            "next_time": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in MOVES.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=LookBack.Degree.choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        for name in self.fields:
            self.fields[name].audience = _("Only you, until you share it")
        for name in list(MOVES)[1:]:
            # Said once above the five; five times over it would be noise.
            self.fields[name].audience = ""
