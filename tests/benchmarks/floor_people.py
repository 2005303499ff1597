"""The table of people without what the product hangs on it."""

from django.apps import AppConfig


class People(AppConfig):
    name = "leaderdev.accounts"
    label = "accounts"


class Shared(AppConfig):
    """Where tables that people's tables are made of have their home."""

    name = "leaderdev.common"
    label = "common"
