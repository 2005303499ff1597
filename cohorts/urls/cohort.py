"""Cohorts, their program years, and the set-up of a year."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
