"""Pages that gather from every app: the start page, the program overview, the demo."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "leaderdev.home"
    label = "home"
    verbose_name = "Start page and overview"
