"""Standards, competencies, their import and export."""

from django.urls import URLPattern, path

from cohorts.views import competency, standard_import, standards

urlpatterns: list[URLPattern] = [
    path("standards/", standards.standard_list, name="standard_list"),
    path("districts/<slug:district>/standards/library/", standards.standard_library, name="standard_library"),
    path(
        "districts/<slug:district>/standards/import/", standard_import.standard_import, name="standard_import"
    ),
    path(
        "districts/<slug:district>/standards/import/check/",
        standard_import.standard_import_check,
        name="standard_import_check",
    ),
    path(
        "districts/<slug:district>/standards/<slug:slug>/", standards.standard_detail, name="standard_detail"
    ),
    path(
        "districts/<slug:district>/standards/<slug:slug>/export/<slug:form>/",
        standards.standard_export,
        name="standard_export",
    ),
    path("competencies/<int:pk>/", competency.competency_detail, name="competency_detail"),
    path("competencies/<int:pk>/words/", competency.competency_words, name="competency_words"),
]
