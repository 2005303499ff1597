"""Times of a meeting: answering, settling, moving, calling off; and series."""

from django.urls import URLPattern, path

from coaching.views import times

_MEETING = "meetings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{_MEETING}times/", times.answer, name="times"),
    path(f"{_MEETING}times/more/", times.more, name="more_times"),
    path(f"{_MEETING}times/<int:proposal_id>/settle/", times.confirm, name="settle"),
    path(f"{_MEETING}move/", times.move, name="move"),
    path(f"{_MEETING}call-off/", times.call_off, name="call_off"),
    path("meetings/series/<int:pk>/", times.series, name="series"),
]
