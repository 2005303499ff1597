"""Forms of the machinery."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _


class MailboxFilter(forms.Form):
    """Whose mail to show; blank shows everybody's."""

    to = forms.ChoiceField(label=_("Mail to"), required=False)

    def __init__(self, *args: object, addresses: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Everybody")), *((each, each) for each in addresses)]
