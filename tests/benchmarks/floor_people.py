"""The table of people without what the product hangs on it."""

from django.apps import AppConfig


class People(AppConfig):
    name = "leaderdev.accounts"
    label = "accounts"
