"""The list of surveys, and the pages of those who run them."""

from django.urls import URLPattern, path

from surveys.views import running

_WAVE = "surveys/run/<slug:slug>/<slug:wave>/"
urlpatterns: list[URLPattern] = [
    path("surveys/", running.survey_list, name="list"),
    path("surveys/new/<slug:slug>/", running.survey_new, name="new"),
    path("surveys/run/<slug:slug>/", running.survey_run, name="run"),
    path("surveys/run/<slug:slug>/wave/", running.wave_new, name="wave_new"),
    path("surveys/run/<slug:slug>/seal/", running.survey_seal, name="seal"),
    path(_WAVE, running.wave_detail, name="wave_detail"),
    path(f"{_WAVE}edit/", running.wave_edit, name="wave_edit"),
    path(f"{_WAVE}announce/", running.wave_announce, name="announce"),
    path(f"{_WAVE}remind/", running.wave_remind, name="remind"),
    path(f"{_WAVE}close/", running.wave_close, name="close"),
    path(f"{_WAVE}remove/", running.wave_remove, name="remove"),
    path(f"{_WAVE}late/", running.wave_late, name="late"),
    path(f"{_WAVE}codes/", running.wave_codes, name="codes"),
    path(f"{_WAVE}paper/", running.wave_paper, name="paper"),
]
