"""Addresses of growth plans, section by section."""

from growthplans.urls import history, plans, progress, sharing, talking, writing

app_name = "growthplans"
urlpatterns = [
    *sharing.urlpatterns,
    *talking.urlpatterns,
    *progress.urlpatterns,
    *plans.urlpatterns,
    *writing.urlpatterns,
    *history.urlpatterns,
]
