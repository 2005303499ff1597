"""Growth plans, goals, action steps, evidence, feedback and check-ins."""

from django.apps import AppConfig


class GrowthPlansConfig(AppConfig):
    name = "growthplans"
    verbose_name = "Growth plans"
