"""What a cohort sends, and in which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leaderdev.reminders.kinds import KINDS
from leaderdev.reminders.kinds.base import MOST_DAYS, Kind
from leaderdev.reminders.models import KindSwitch
from leaderdev.reminders.placeholders import BadTextError, check
from leaderdev.reminders.services.running import Wish


class WishesForm(forms.Form):
    """A tick for each kind, and a number of days for each stage that has them."""

    def __init__(self, *args: Any, switches: dict[str, KindSwitch] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            switch = (switches or {}).get(kind.name)
            self.fields[kind.name] = forms.BooleanField(
                label=kind.label,
                help_text=kind.about,
                required=False,
                initial=switch.is_on if switch else True,
            )
            for stage in kind.stages:
                if stage.days_of:
                    days = switch.days.get(stage.name) if switch else None
                    self.fields[f"{kind.name}-{stage.name}"] = forms.IntegerField(
                        label=stage.days_of,
                        min_value=0,
                        max_value=MOST_DAYS,
                        initial=stage.timing.days if days is None else days,
                    )

    def groups(self) -> list[list[Any]]:
        """The fields of each kind together: its tick, then its days."""
        return [
            [self[kind.name], *(self[f"{kind.name}-{stage.name}"] for stage in kind.stages if stage.days_of)]
            for kind in KINDS
        ]

    def wishes(self) -> dict[str, Wish]:
        data = self.cleaned_data
        return {
            kind.name: Wish(
                is_on=data[kind.name],
                days={
                    stage.name: data[f"{kind.name}-{stage.name}"] for stage in kind.stages if stage.days_of
                },
            )
            for kind in KINDS
        }


class TextForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. Greeting, button and the lines below stay as they are."
        ),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = [*kind.placeholders, "greeting"]

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text = self.cleaned_data[name]
        try:
            check(text, self.known)
        except BadTextError as bad:
            if bad.name:
                words = ", ".join(f"{{{known}}}" for known in self.known)
                raise ValidationError(
                    _("{%(name)s} is not a word that is filled in here. These are: %(words)s.")
                    % {"name": bad.name, "words": words}
                ) from bad
            raise ValidationError(
                _("A brace stands alone. Write words that are filled in as {word}, with both braces.")
            ) from bad
        return text
