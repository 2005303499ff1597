"""A meeting, what is written on it, and a visit's parts."""

from django.urls import URLPattern, path

from coaching.views import meetings, visits

_MEETING = "meetings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_MEETING, meetings.meeting, name="meeting"),
    path(f"{_MEETING}prepare/", meetings.prepare, name="prepare"),
    path(f"{_MEETING}autosave/", meetings.autosave, name="autosave"),
    path(f"{_MEETING}log/", meetings.log, name="log"),
    path(f"{_MEETING}parts/", visits.blocks, name="blocks"),
    path(f"{_MEETING}observe/", visits.observe, name="observe"),
    path(f"{_MEETING}release/", visits.release_ask, name="release_ask"),
    path("release-requests/<int:pk>/withdraw/", visits.release_withdraw, name="release_withdraw"),
]
