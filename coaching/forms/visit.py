"""The parts of a visit and what the guests saw; and release time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coaching.models import ReleaseBudget, ReleaseRequest, VisitBlock
from coaching.services.visits import MOST_BLOCKS, Block


class BlocksForm(forms.Form):
    """Two empty rows stand after the parts that are there; a part without a name is dropped."""

    def __init__(self, *args: Any, blocks: Sequence[VisitBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = min(len(blocks) + 2, MOST_BLOCKS)
        for row in range(self.count):
            block = blocks[row] if row < len(blocks) else None
            self.fields[f"title_{row}"] = forms.CharField(
                label=_t("Part %(n)d") % {"n": row + 1},
                max_length=200,
                required=False,
                initial=block.title if block else "",
            )
            self.fields[f"minutes_{row}"] = forms.IntegerField(
                label=_t("Minutes of part %(n)d") % {"n": row + 1},
                min_value=1,
                max_value=480,
                required=False,
                initial=block.minutes if block else None,
            )

    @property
    def rows(self) -> Iterator[tuple[Any, Any]]:
        for row in range(self.count):
            yield self[f"title_{row}"], self[f"minutes_{row}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(self.count):
            lacks = cleaned.get(f"title_{row}") and not cleaned.get(f"minutes_{row}")
            if lacks and f"minutes_{row}" not in self.errors:
                self.add_error(f"minutes_{row}", _t("Say how many minutes this part takes."))
        return cleaned

    def blocks(self) -> list[Block]:
        found = self.cleaned_data
        return [
            Block(found[f"title_{row}"], found[f"minutes_{row}"])
            for row in range(self.count)
            if found.get(f"title_{row}")
        ]


class ObservationForm(forms.Form):
    claim = forms.CharField(
        label=_("Claim"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you noticed, in one sentence."),
        error_messages={"required": _("Say what you noticed.")},
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you saw or heard that shows it. No names of students or staff."),
        error_messages={"required": _("Say what you saw or heard that shows it.")},
    )
    meaning = forms.CharField(
        label=_("What it means for my leadership"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Yours, not the host’s: what you take home."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].audience = _("You and the host of the visit")


class ReleaseAskForm(forms.Form):
    portion = forms.ChoiceField(
        label=_("How long do you need?"),
        choices=[(value, capfirst(words)) for value, words in ReleaseRequest.Portion.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose half a day or a full one.")},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=200,
        help_text=_("The person who asked reads it."),
        error_messages={"required": _("Say in a few words why.")},
    )


class BudgetForm(forms.ModelForm):
    class Meta:
        model = ReleaseBudget
        fields = ("days", "dollars", "day_rate", "half_day_rate", "cost_code")


class HeldForm(forms.Form):
    held_on = forms.DateField(
        label=_("On which day did you talk?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )
