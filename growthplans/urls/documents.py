"""A plan on paper."""

from django.urls import URLPattern, path

from growthplans.views import documents, files

_DOCUMENT = "plans/<int:pk>/document/"

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/print/", documents.print_page, name="print"),
    path(_DOCUMENT, documents.document, name="document"),
    path(f"{_DOCUMENT}<uuid:document_pk>/", documents.document_wait, name="document_wait"),
    path(f"{_DOCUMENT}<uuid:document_pk>/file/", files.document_file, name="document_file"),
]
