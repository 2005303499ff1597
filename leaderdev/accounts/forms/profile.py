"""What people may change about themselves."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts import zones
from leaderdev.accounts.models import User


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Every time that you see, on pages and in mails, is shown in this zone."),
    )
    language = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = User
        fields = ["name", "preferred_name", "time_zone", "language"]
        help_texts = {
            "name": _("Your full name, as colleagues see it in lists."),
        }
        error_messages = {
            "name": {"required": _("Type your full name, so that colleagues know who you are.")}
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "preferred_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        else:
            self.fields["language"].choices = settings.LANGUAGES


class AskAgainForm(forms.Form):
    email = forms.EmailField(
        label=_("Your work e-mail address"),
        max_length=254,
        help_text=_("The address that your district has for you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight digits. The hyphen does not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
