"""The start page, the program overview, and the demo's choice of people."""

from django.urls import path

from leaderdev.home.views import demo, overview, start

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("overview/", overview.overview, name="overview"),
    path("demo/people/", demo.demo_people, name="demo_people"),
    path("demo/people/<int:pk>/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
]
