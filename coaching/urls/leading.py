"""For program leads: how coaching stands, and release time."""

from django.urls import URLPattern, path

from coaching.views import leading

_YEAR = "cohorts/<slug:slug>/<slug:year>/"
_RELEASE = f"{_YEAR}release/"

urlpatterns: list[URLPattern] = [
    path(f"{_YEAR}coaching/", leading.standing, name="standing"),
    path(f"{_YEAR}coaching/settings/", leading.coaching_settings, name="settings"),
    path(_RELEASE, leading.release, name="release"),
    path(f"{_RELEASE}budget/", leading.budget, name="release_budget"),
    path(f"{_RELEASE}export.csv", leading.release_csv, name="release_csv"),
    path(f"{_RELEASE}<int:pk>/approve/", leading.release_approve, name="release_approve"),
    path(f"{_RELEASE}<int:pk>/decline/", leading.release_decline, name="release_decline"),
]
