"""Addresses of the findings: which reports there are, one report, its pictures, its files."""

from django.urls import path

from surveys.views import reports

app_name = "findings"
urlpatterns = [
    path("findings/", reports.report_list, name="list"),
    path("findings/file/<uuid:pk>/", reports.file_wait, name="file_wait"),
    path("findings/file/<uuid:pk>/download/", reports.file_download, name="file_download"),
    path("findings/<slug:slug>/<slug:pre>/<slug:post>/", reports.report, name="report"),
    path("findings/<slug:slug>/<slug:pre>/<slug:post>/file/", reports.file_order, name="file_order"),
    path(
        "findings/<slug:slug>/<slug:pre>/<slug:post>/picture/<slug:key>/<str:form>/",
        reports.picture,
        name="picture",
    ),
]
