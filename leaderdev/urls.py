"""Every address of the site, section by section."""

from django.contrib import admin
from django.urls import include, path

from leaderdev.common.sections import section

urlpatterns = [
    section("surveys.report_urls"),
    section("leaderdev.home.urls"),
    section("leaderdev.reminders.urls"),
    section("leaderdev.accounts.urls"),
    section("leaderdev.common.urls"),
    section("coaching.urls"),
    section("growthplans.urls"),
    section("surveys.urls"),
    section("cohorts.urls"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
