"""Addresses of surveys, section by section."""

from surveys.urls import answering, building, exporting, running

app_name = "surveys"
urlpatterns = [
    *running.urlpatterns,
    *answering.urlpatterns,
    *building.urlpatterns,
    *exporting.urlpatterns,
]
