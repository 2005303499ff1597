"""Addresses of growth plans, section by section."""

from growthplans.urls import documents, evidence, history, plans, progress, sharing, talking, writing

app_name = "growthplans"
urlpatterns = [
    *sharing.urlpatterns,
    *talking.urlpatterns,
    *progress.urlpatterns,
    *plans.urlpatterns,
    *evidence.urlpatterns,
    *documents.urlpatterns,
    *writing.urlpatterns,
    *history.urlpatterns,
]
