"""A journal entry, and what may be released of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.journal_prompts import KINDS, MANNERS, Prompt
from coaching.models import JournalEntry

LONGEST = 20_000


class JournalForm(forms.Form):
    text = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    received_kinds = forms.MultipleChoiceField(
        label=_("What did being coached give you?"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    received = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    given_kinds = forms.MultipleChoiceField(
        label=_("What did coaching give you?"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    given = forms.CharField(
        label=_("In a few words, as coach"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    manner = forms.ChoiceField(
        label=_("When you coached: did you ask or tell?"),
        choices=MANNERS,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, prompt: Prompt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = prompt.question
        self.fields["text"].help_text = prompt.hint
        self.fields["text"].audience = _("Only you, until you release this entry")

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "words": {name: found[name] for name in ("text", "received", "given")},
            "received_kinds": found["received_kinds"],
            "given_kinds": found["given_kinds"],
            "manner": found["manner"],
        }


def journal_initial(entry: JournalEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "text": entry.text,
        "received": entry.received,
        "given": entry.given,
        "received_kinds": [each for each in entry.received_kinds.split(",") if each],
        "given_kinds": [each for each in entry.given_kinds.split(",") if each],
        "manner": entry.manner,
    }
