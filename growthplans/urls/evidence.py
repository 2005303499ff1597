"""What shows that something came of a goal."""

from django.urls import URLPattern, path

from growthplans.views import evidence, files

_EVIDENCE = "plans/<int:pk>/evidence/"
_ONE = f"{_EVIDENCE}<int:evidence_pk>/"

urlpatterns: list[URLPattern] = [
    path(_EVIDENCE, evidence.evidence, name="evidence"),
    path(f"{_EVIDENCE}add/<slug:kind>/", evidence.evidence_add, name="evidence_add"),
    path(f"{_ONE}edit/", evidence.evidence_edit, name="evidence_edit"),
    path(f"{_ONE}take-out/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{_ONE}put-back/", evidence.evidence_put_back, name="evidence_put_back"),
    path(f"{_ONE}erase/", evidence.evidence_erase, name="evidence_erase"),
    path(f"{_ONE}file/", files.evidence_file, name="evidence_file"),
]
