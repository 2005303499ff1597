"""Standards, competencies, their import and export."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
