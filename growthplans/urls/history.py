"""The plan's past."""

from django.urls import URLPattern, path

from growthplans.views import history

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/history/", history.history, name="history"),
    path("plans/<int:pk>/history/compare/", history.compare, name="compare"),
    path("plans/<int:pk>/history/put-back/", history.restore, name="restore"),
]
