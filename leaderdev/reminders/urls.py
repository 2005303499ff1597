"""Addresses of this app."""

from django.urls import path

from leaderdev.reminders.views import choices, health, running, stop, texts

app_name = "reminders"
urlpatterns = [
    path("readyz/reminders", health.health, name="health"),
    path("metrics", health.metrics, name="metrics"),
    path("profile/mail/", choices.choices, name="choices"),
    path("mail/stop/<str:token>/", stop.stop, name="stop"),
    path("cohorts/<slug:slug>/mail/", running.cohort_mail, name="cohort_mail"),
    path("cohorts/<slug:slug>/mail/went/", running.went, name="went"),
    path("cohorts/<slug:slug>/mail/settings/", running.settings, name="settings"),
    path("cohorts/<slug:slug>/mail/hold/", running.hold, name="hold"),
    path("cohorts/<slug:slug>/mail/release/", running.release, name="release"),
    path("cohorts/<slug:slug>/mail/<int:pk>/again/", running.again, name="again"),
    path("cohorts/<slug:slug>/mail/texts/", texts.texts, name="texts"),
    path("cohorts/<slug:slug>/mail/texts/<slug:kind>/", texts.text, name="text"),
    path("cohorts/<slug:slug>/mail/texts/<slug:kind>/restore/", texts.restore, name="restore"),
    path("cohorts/<slug:slug>/mail/preview/<slug:kind>/", texts.mail_preview, name="preview"),
    path("cohorts/<slug:slug>/mail/preview/<slug:kind>/html/", texts.preview_html, name="preview_html"),
]
