"""Addresses of the district and its cohorts; a page's address says what is on it."""

from cohorts.urls import certificates, cohort, directory, library, roster, selection, sessions, standards

app_name = "cohorts"
urlpatterns = [
    *standards.urlpatterns,
    *roster.urlpatterns,
    *selection.urlpatterns,
    *directory.urlpatterns,
    *sessions.urlpatterns,
    *library.urlpatterns,
    *certificates.urlpatterns,
    *cohort.urlpatterns,
]
