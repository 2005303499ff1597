"""The directory of members."""

from django.urls import path

from cohorts.views import directory

urlpatterns = [
    path("cohorts/<slug:slug>/members/", directory.directory, name="directory"),
    path("cohorts/<slug:slug>/members/former/", directory.former, name="former_members"),
]
