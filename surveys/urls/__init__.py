"""Addresses of surveys, section by section."""

from surveys.urls import answering, building, exporting, pairing, running

app_name = "surveys"
urlpatterns = [
    # First what hundreds of people open at once.
    *answering.urlpatterns,
    # Before the pages of a wave: “views” would be read as the name of one.
    *pairing.urlpatterns,
    *running.urlpatterns,
    *building.urlpatterns,
    *exporting.urlpatterns,
]
