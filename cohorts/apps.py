"""The district's structure: schools, leaders, standards, cohorts, program years, selections, trios."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "District and cohorts"
