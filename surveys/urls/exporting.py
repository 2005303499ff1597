"""Files for researchers."""

from django.urls import URLPattern, path

from surveys.views import exporting

urlpatterns: list[URLPattern] = [
    path("surveys/data/<slug:slug>/", exporting.export, name="export"),
    path("surveys/data/<slug:slug>/<str:name>", exporting.export_file, name="export_file"),
]
