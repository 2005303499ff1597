"""Addresses of this app."""

from django.conf import settings
from django.urls import path

from leaderdev.common import views

app_name = "common"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/send/", views.mailbox_send, name="mailbox_send"),
    path("mailbox/<int:pk>/", views.mailbox_message, name="mailbox_message"),
    path("mailbox/<int:pk>/html/", views.mailbox_html, name="mailbox_html"),
]
if settings.MODE != "production":
    urlpatterns.append(path("gallery/", views.gallery, name="gallery"))
