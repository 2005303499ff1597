"""Issuing and withdrawing certificates, and checking a number."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leaderdev.common.documents.orders import Paper


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        help_text=_("The holder reads it; the verification page says only that it was withdrawn."),
        error_messages={"required": _("Say why it is withdrawn; the holder will ask.")},
    )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=40,
        help_text=_("Twelve letters and digits, such as 7KMP-3XQ9-HTRB."),
        error_messages={"required": _("Type the number that is printed on the certificate.")},
    )


class PaperForm(forms.Form):
    paper = forms.ChoiceField(
        label=_("Paper"), choices=Paper.choices, initial=Paper.LETTER, widget=forms.RadioSelect
    )
