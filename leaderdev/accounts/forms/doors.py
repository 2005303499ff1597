"""allauth's forms with labels of ours: no text inside the boxes, which screen readers and tired eyes lose."""

from __future__ import annotations

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

_EMAIL = _("Work e-mail address")
_CODE_HELP = _("Eight digits. The hyphen does not matter.")
_APP_HELP = _("The six digits that the app shows now.")
_WIDGET = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class Plain:
    """Takes out placeholders and gives the fields named in `labels` and `helps` our words."""

    labels: dict[str, object] = {}
    helps: dict[str, object] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)
            if name == "code":
                field.widget.attrs.update(_WIDGET)


class SignInForm(Plain, account.LoginForm):
    labels = {"login": _EMAIL, "password": _("Password")}
    helps = {"password": ""}


class RequestCodeForm(Plain, account.RequestLoginCodeForm):
    labels = {"email": _EMAIL}


class LoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    helps = {"code": _CODE_HELP}


class ResetCodeForm(Plain, account.ConfirmPasswordResetCodeForm):
    helps = {"code": _CODE_HELP}


class NewAddressCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    helps = {"code": _CODE_HELP}


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):
    labels = {"email": _EMAIL}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The same again")}


class FirstPasswordForm(Plain, account.SetPasswordForm):
    labels = {"password1": _("Password"), "password2": _("The same again")}


class OtherPasswordForm(Plain, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("The same again"),
    }
    helps = {"oldpassword": ""}


class NewAddressForm(Plain, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class SamePersonForm(Plain, account.ReauthenticateForm):
    labels = {"password": _("Your password")}


class SecondStepForm(Plain, mfa.AuthenticateForm):
    labels = {"code": _("Code")}


class SecondStepAgainForm(Plain, mfa.ReauthenticateForm):
    helps = {"code": _APP_HELP}


class NewAppForm(Plain, ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    helps = {"code": _APP_HELP}


class AddPasskeyForm(Plain, AddWebAuthnForm):
    labels = {"name": _("Name of this device"), "passwordless": _("Sign in with this device alone")}
    helps = {
        "name": _("So that you recognize it in your list later."),
        "passwordless": _(
            "Your fingerprint, face or device PIN is all you need then. Without this tick, the device is a"
            " second step beside your password or code."
        ),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
