"""Two views side by side."""

from django.urls import URLPattern, path

from surveys.views import pairing

urlpatterns: list[URLPattern] = [
    path("surveys/run/<slug:slug>/views/", pairing.pair_new, name="pair_new"),
    path("surveys/views/<int:pk>/", pairing.pair_detail, name="pair"),
    path("surveys/views/<int:pk>/end/", pairing.pair_end, name="pair_end"),
    path("surveys/views/<int:pk>/remove/", pairing.pair_remove, name="pair_remove"),
]
