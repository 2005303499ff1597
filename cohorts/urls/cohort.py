"""Cohorts, their program years, and the set-up of a year."""

from django.urls import URLPattern, path

from cohorts.views import cohort, year_setup

_YEAR = "cohorts/<slug:slug>/<slug:year>/"

urlpatterns: list[URLPattern] = [
    path("cohorts/", cohort.cohort_list, name="cohort_list"),
    path("cohorts/<slug:slug>/", cohort.cohort_detail, name="cohort_detail"),
    path(_YEAR, cohort.year_detail, name="year_detail"),
    path(f"{_YEAR}set-up/", year_setup.year_setup, name="year_setup"),
    path(f"{_YEAR}open/", year_setup.year_open, name="year_open"),
    path(f"{_YEAR}close/", year_setup.year_close, name="year_close"),
    path(f"{_YEAR}invite/", year_setup.year_invite, name="year_invite"),
    path(f"{_YEAR}reopen/", year_setup.year_reopen, name="year_reopen"),
    path(f"{_YEAR}copy/", year_setup.year_copy, name="year_copy"),
]
