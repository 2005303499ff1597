"""Moodle competency frameworks, as its import and export tools exchange them: CSV of 14 columns."""

from cohorts.interchange.moodle.reading import read
from cohorts.interchange.moodle.table import is_moodle
from cohorts.interchange.moodle.writing import write

__all__ = ["is_moodle", "read", "write"]
