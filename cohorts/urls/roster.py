"""The roster import, step by step."""

from django.urls import URLPattern, path

from cohorts.views import roster, roster_downloads

_ROSTER = "districts/<slug:district>/roster/"
_IMPORT = f"{_ROSTER}<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("roster/", roster.door, name="roster"),
    path(_ROSTER, roster.start, name="roster_start"),
    path(f"{_ROSTER}template.<str:kind>", roster_downloads.template, name="roster_template"),
    path(_IMPORT, roster.preview, name="roster_preview"),
    path(f"{_IMPORT}columns/", roster.columns, name="roster_columns"),
    path(f"{_IMPORT}cancel/", roster.cancel, name="roster_cancel"),
    path(f"{_IMPORT}rejected.csv", roster_downloads.rejected, name="roster_rejected"),
    path(f"{_IMPORT}result/", roster.result, name="roster_result"),
]
