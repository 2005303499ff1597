"""Dialogue kits and resources."""

from django.urls import URLPattern, path

from cohorts.views import library

urlpatterns: list[URLPattern] = [
    path("kits/<int:pk>/", library.kit_detail, name="kit_detail"),
    path("kits/<int:pk>/change/", library.kit_edit, name="kit_edit"),
    path("kits/<slug:district>/", library.kit_list, name="kit_list"),
    path("kits/<slug:district>/add/", library.kit_add, name="kit_add"),
    path("kits/<slug:district>/adopt/<slug:slug>/", library.kit_adopt, name="kit_adopt"),
    path("resources/<int:pk>/", library.resource_detail, name="resource_detail"),
    path("resources/<int:pk>/change/", library.resource_edit, name="resource_edit"),
    path("resources/<slug:district>/", library.resource_list, name="resource_list"),
    path("resources/<slug:district>/add/", library.resource_add, name="resource_add"),
    path("sessions/<int:pk>/resources/", library.session_resources, name="session_resources"),
]
