"""Addresses of growth plans, section by section."""

from growthplans.urls import history, plans, writing

app_name = "growthplans"
urlpatterns = [
    *plans.urlpatterns,
    *writing.urlpatterns,
    *history.urlpatterns,
]
