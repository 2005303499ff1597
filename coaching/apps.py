"""Talks within a trio: times, visits, coaching logs, journals; and how trios are formed."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "Peer coaching"
