"""Norms and materials of a trio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NormsForm(forms.Form):
    norms = forms.CharField(
        label=_("Our norms"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One on each line, in your own words. Five are easier to keep than ten."),
        error_messages={"required": _("Write at least one norm, one on each line.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["norms"].audience = _("You and your trio")

    def keep_both(self, norms: str, version: int) -> None:
        """After a change elsewhere: what stands there, then the lines of mine that it lacks."""
        data = self.data.copy()
        theirs = norms.splitlines()
        mine = [line for line in data.get("norms", "").splitlines() if line.strip() not in theirs]
        data["norms"], data["version"] = "\n".join([*theirs, *mine]), str(version)
        self.data = data


class MaterialForm(forms.Form):
    title = forms.CharField(
        label=_("What is it?"),
        max_length=200,
        help_text=_("Such as “Observation sheet” or “Article on feedback”."),
        error_messages={"required": _("Give it a name.")},
    )
    where = forms.CharField(
        label=_("Where is it?"),
        max_length=1000,
        help_text=_("A web address, or a sentence such as “in the shared folder”."),
        error_messages={"required": _("Say where your trio finds it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].audience = _("You and your trio")
