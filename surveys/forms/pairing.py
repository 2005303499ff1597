"""Which two waves stand side by side, and what somebody would work on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, DialogueKit
from surveys.models import ViewPair
from surveys.two_views import MOST_PICKS, Statement
from surveys.view_pairs import joinable_waves


class ViewPairForm(forms.ModelForm):
    class Meta:
        model = ViewPair
        fields = ["title", "left", "left_name", "right", "right_name", "kit"]
        help_texts = {
            "title": _("Such as “How we learn here: staff and pupils”."),
            "left": _("Waves of this cohort whose questionnaire asks no research consent."),
            "right": _("Its statements carry the same numbers: one instrument, or a copy of it."),
        }

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waves = joinable_waves(cohort)
        self.fields["left"].queryset = waves
        self.fields["right"].queryset = waves
        self.fields["kit"].queryset = DialogueKit.objects.filter(
            district_id=cohort.district_id, is_active=True
        ).exclude(statements="")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("left") is not None and found.get("left") == found.get("right"):
            self.add_error("right", _("This is the first view already. Choose the other wave."))
        return found


class PicksForm(forms.Form):
    codes = forms.MultipleChoiceField(
        label=_("What would you begin with?"),
        help_text=_("Up to three. No page shows who picked what; you can change it until picking is over."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these statements does not stand here.")},
    )

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(each.code, f"{each.code}. {each.text}") for each in statements]

    def clean_codes(self) -> list[str]:
        codes = self.cleaned_data["codes"]
        if len(codes) > MOST_PICKS:
            raise forms.ValidationError(_("Pick three at most: what you would begin with."))
        return codes
