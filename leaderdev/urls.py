"""Every address of the site, section by section."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("surveys.report_urls")),
    path("", include("leaderdev.home.urls")),
    path("", include("leaderdev.reminders.urls")),
    path("", include("leaderdev.accounts.urls")),
    path("", include("leaderdev.common.urls")),
    path("", include("coaching.urls")),
    path("", include("growthplans.urls")),
    path("", include("surveys.urls")),
    path("", include("cohorts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
