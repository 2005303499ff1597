"""What every app may use: access helpers, mail, dates, form rendering, template tags."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "leaderdev.common"
    label = "common"
    verbose_name = "Mail and background work"
