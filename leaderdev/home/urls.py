"""The start page and the program overview."""

from django.urls import path

from leaderdev.home.views import overview, start

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("overview/", overview.overview, name="overview"),
]
