"""Names our admin site; apart from it, because an app is configured before models can be loaded."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class LeaderdevAdminConfig(AdminConfig):
    default_site = "leaderdev.admin_site.LeaderdevAdminSite"
