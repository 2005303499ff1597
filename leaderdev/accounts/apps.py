"""People who sign in: users, invitations, profiles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leaderdev.accounts"
    label = "accounts"
    verbose_name = "People who sign in"

    def ready(self) -> None:
        from leaderdev.accounts import receivers  # noqa: F401
