"""The sign-in page: the mailed code stands beside the password, not behind it."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView

from leaderdev.accounts.forms.doors import RequestCodeForm


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "code_form": RequestCodeForm(auto_id="code_%s")}
