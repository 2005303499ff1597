"""A trio's own page, its norms, materials and promises."""

from django.urls import URLPattern, path

from coaching.views import meetings, spaces, times

_TRIO = "trio/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("trio/", spaces.my_trio, name="my_trio"),
    path(_TRIO, spaces.trio, name="trio"),
    path(f"{_TRIO}norms/", spaces.norms, name="norms"),
    path(f"{_TRIO}norms/agree/", spaces.norms_agree, name="norms_agree"),
    path(f"{_TRIO}materials/add/", spaces.material_add, name="material_add"),
    path(f"{_TRIO}materials/<int:material_id>/remove/", spaces.material_remove, name="material_remove"),
    path(f"{_TRIO}propose/", times.propose, name="propose"),
    path(f"{_TRIO}series/", times.series_new, name="series_new"),
    path(f"{_TRIO}log/", meetings.log_new, name="log_new"),
    path("promises/<int:pk>/", spaces.promise_settle, name="promise_settle"),
]
