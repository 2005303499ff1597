"""`manage.py check --deploy` refuses, one by one, what a demo may lack."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from leaderdev.common.checks import fit_for_a_district
from leaderdev.common.sealing import local_key

FIT = {
    "MODE": "production",
    "DEBUG": False,
    "SECRET_KEY": "Zq3-Yw8_Kd71mPx5Lr9Tb2Vn6Hc4Js0Fg-Ua_Ei7Oy3Wt8Rk1Md5",
    "SEALING_KEYS": ["9qXr0o3yq1T6m1y6mS2kq3yqJm2b0rJ3m1uW0m8cF5k="],
    "SITE_URL": "https://leaders.example.ca",
    "MAIL_DELIVERY_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMBEDDED_WORKER": False,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}},
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


@pytest.fixture
def installed(monkeypatch):
    """The settings of a fit installation, with one thing changed."""
    from leaderdev.common import checks

    def change(**changes):
        values = {**FIT, **changes}
        monkeypatch.setattr(checks, "settings", type("Settings", (), values))

    return change


def test_a_fit_installation_passes(installed):
    installed()

    assert fit_for_a_district(None) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"MODE": "demo"}, "leaderdev.E001"),
        ({"DEBUG": True}, "leaderdev.E002"),
        ({"SECRET_KEY": "only-for-demo-not-secret"}, "leaderdev.E003"),
        ({"SECRET_KEY": "short"}, "leaderdev.E003"),
        ({"SEALING_KEYS": [local_key("demo")]}, "leaderdev.E008"),
        ({"SECRET_KEY": "a" * 80}, "leaderdev.E003"),
        ({"SITE_URL": "http://leaders.example.ca"}, "leaderdev.E004"),
        ({"MAIL_DELIVERY_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "leaderdev.E005"),
        ({"MAIL_DELIVERY_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "leaderdev.E005"),
        ({"MAIL_DELIVERY_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}, "leaderdev.E005"),
        ({"MAIL_DELIVERY_BACKEND": "leaderdev.common.mail.backends.MailboxBackend"}, "leaderdev.E005"),
        ({"EMBEDDED_WORKER": True}, "leaderdev.E006"),
        ({"CACHES": {"default": {"BACKEND": "x.locmem.LocMemCache"}}}, "leaderdev.E007"),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, "leaderdev.W001"),
    ],
)
def test_each_lack_is_refused(installed, changes, expected):
    installed(**changes)

    assert [(found.id, bool(found.hint)) for found in fit_for_a_district(None)] == [(expected, True)]


def test_the_checks_run_with_deploy_and_only_then():
    ours = [
        found.id for found in run_checks(include_deployment_checks=True) if found.id.startswith("leaderdev.")
    ]
    everyday = [found.id for found in run_checks() if found.id.startswith("leaderdev.")]

    assert "leaderdev.E001" in ours
    assert everyday == []
