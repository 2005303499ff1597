"""Choosing a focus competency, and who has chosen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
