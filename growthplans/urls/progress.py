"""Counts for program leads."""

from django.urls import URLPattern, path

from growthplans.views import progress

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:slug>/<slug:year>/plans/", progress.progress, name="progress"),
]
