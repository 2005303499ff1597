"""Addresses of this app."""

from django.conf import settings
from django.urls import path

from leaderdev.common.views.gallery import gallery

app_name = "common"
urlpatterns: list = []
if settings.MODE != "production":
    urlpatterns.append(path("gallery/", gallery, name="gallery"))
