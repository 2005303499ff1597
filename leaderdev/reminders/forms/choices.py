"""A person's own mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.models import User
from leaderdev.reminders.topics import grouped


class ChoicesForm(forms.Form):
    delivery = forms.ChoiceField(
        label=_("How mail reaches you"),
        choices=User.Delivery.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "The daily mail comes in the morning of a school day. Mails about signing in always come at once."
        ),
    )
    wanted = forms.MultipleChoiceField(
        label=_("What you get"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick what you do not need. It stays on your start page all the same."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [
            (heading, [(topic.name, topic.label) for topic in topics if not topic.required])
            for heading, topics in grouped()
        ]
