"""The sign-in page: the mailed code stands beside the password, not behind it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import LoginView


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        code_form = RequestLoginCodeForm(auto_id="code_%s")
        code_form.fields["email"].widget.attrs.pop("placeholder", None)
        return {**context, "code_form": code_form}
