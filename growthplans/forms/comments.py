"""Writing a comment, an answer, or the reviewer's question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 10_000


class CommentForm(forms.Form):
    """`places` are growthplans.feedback.Place; an answer takes the place of its thread."""

    about = forms.ChoiceField(
        label=_("About"),
        required=False,
        error_messages={"invalid_choice": _("This part is no longer in the plan. Choose another one.")},
    )
    answers = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence before you send it.")},
    )

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(place.key, place.label) for place in places]

    def words(self) -> dict[str, Any]:
        """The arguments of services.comments.add_comment."""
        part, _dash, key = (self.cleaned_data["about"] or "plan").partition("-")
        return {
            "text": self.cleaned_data["text"],
            "answers_id": self.cleaned_data["answers"],
            "goal_id": int(key) if part == "goal" else None,
            "step_id": int(key) if part == "step" else None,
        }


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One question that helps the author think further. It also stays in the thread."),
        error_messages={"required": _("Write the question that the author should think about.")},
    )
