"""Addresses of the district and its cohorts; a page's address says what is on it."""

from cohorts.urls import cohort, directory, roster, selection, standards

app_name = "cohorts"
urlpatterns = [
    *standards.urlpatterns,
    *roster.urlpatterns,
    *selection.urlpatterns,
    *directory.urlpatterns,
    *cohort.urlpatterns,
]
