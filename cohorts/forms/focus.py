"""Choosing a focus competency, and changing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import CompetencySelection, StandardNode

LONGEST_TEXT = 5000


class ChooseFocusForm(forms.Form):
    competency = forms.ModelChoiceField(
        label=_("Which competency will you focus on?"),
        queryset=StandardNode.objects.none(),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        empty_label=None,
        error_messages={
            "required": _("Choose one of the competencies."),
            "invalid_choice": _("This competency is not offered here. Choose one from the list."),
        },
    )
    rationale = forms.CharField(
        label=_("Why this one?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TEXT,
        help_text=_("Two or three sentences: what in your school or your role asks for it now?"),
        error_messages={"required": _("Say in a sentence or two why you choose this competency.")},
    )
    strategies = forms.CharField(
        label=_("What will you try first?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_(
            "First strategies, one on each line. You may leave this empty and come to it in your plan."
        ),
    )

    def __init__(self, *args: Any, offered: QuerySet[StandardNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competency"].queryset = offered


class ChangeFocusForm(ChooseFocusForm):
    reason = forms.ChoiceField(
        label=_("Why do you change?"),
        choices=CompetencySelection.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Program leads see the reason, because a change blurs a comparison of fall and spring."),
        error_messages={"required": _("Say why you change your focus: pick one of the reasons.")},
    )
    note = forms.CharField(
        label=_("Anything to add about the change?"),
        max_length=300,
        required=False,
        help_text=_("One sentence, if you like."),
    )
