"""The settings as a fresh process reads them: what production demands, and what it then is."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.locks import ROOT

PRODUCTION = {
    "MODE": "production",
    "SEALING_KEYS": "9qXr0o3yq1T6m1y6mS2kq3yqJm2b0rJ3m1uW0m8cF5k=",
    "SECRET_KEY": "Zq3-Yw8_Kd71mPx5Lr9Tb2Vn6Hc4Js0Fg-Ua_Ei7Oy3Wt8Rk1Md5",
    "SITE_URL": "https://leaders.example.ca",
    "DATABASE_URL": "postgres://leaderdev:pw@127.0.0.1:5432/leaderdev",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:pw@mail.example.ca:587",
    "DEFAULT_FROM_EMAIL": "Leadership program <leaders@example.ca>",
}


@pytest.fixture
def run(tmp_path):
    """run(*arguments, NAME=value …) → the finished process; a name set to "" counts as not set."""

    def finished(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**base, "VAR_DIR": str(tmp_path), **PRODUCTION, **environment},
            capture_output=True,
            text=True,
        )

    return finished


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "SEALING_KEYS",
        "SITE_URL",
        "DATABASE_URL",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
        "REDIS_URL",
    ],
)
def test_production_does_not_start_without(run, name):
    result = run("-c", "import leaderdev.settings", **{name: ""})

    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-1]
    named = "CELERY_BROKER_URL" if name == "REDIS_URL" else name
    assert re.match(rf"django\.core\.exceptions\.ImproperlyConfigured: {named} is not set\. \w+.*", last)
    assert ".env.example" in last


def test_a_fit_production_passes_the_deploy_check_without_a_warning(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (result.returncode, result.stderr) == (0, "")


def test_a_demo_does_not_pass_it(run):
    result = run("manage.py", "check", "--deploy", MODE="demo", CELERY_BROKER_URL="memory://", SECRET_KEY="")

    assert result.returncode == 1
    assert {"E001", "E003", "E005", "E006", "E007"} <= set(re.findall(r"leaderdev\.(E\d+)", result.stderr))


def test_a_missing_setting_is_told_in_one_sentence(run):
    result = run("manage.py", "check", SECRET_KEY="")

    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set. Make one with: ")
    assert "Traceback" not in result.stderr


def test_cookies_of_production_are_bound_to_its_host(run):
    names = (
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS"
    )
    result = run(
        "-c", f"from leaderdev import settings as s; print([getattr(s, n) for n in '{names}'.split()])"
    )

    assert result.stdout.strip() == "['__Host-session', '__Host-csrf', True, True, 31536000]"


def test_every_static_file_that_a_style_sheet_names_is_there(run):
    """Production's storage refuses a reference to a file that does not exist."""
    result = run("manage.py", "collectstatic", "--no-input")

    assert result.returncode == 0, result.stderr
    assert "post-processed" in result.stdout


def test_two_web_processes_cannot_share_a_broker_in_memory(run):
    result = run(
        "-m", "gunicorn", "-c", "python:leaderdev.serving", "--check-config", CELERY_BROKER_URL="memory://"
    )
    assert result.returncode == 0

    refused = run(
        "-c",
        "from leaderdev.serving import refuse_two_processes; refuse_two_processes(2)",
        CELERY_BROKER_URL="memory://",
    )
    assert "Set REDIS_URL and start a worker" in refused.stderr


def test_runserver_is_refused_where_it_would_swallow_background_work(run):
    result = run("manage.py", "runserver", CELERY_BROKER_URL="memory://")

    assert result.returncode == 1
    assert "make run" in result.stderr


def test_every_variable_that_is_read_is_explained():
    read = set()
    for source in ("leaderdev/settings.py", "leaderdev/serving.py"):
        read |= set(re.findall(r'env\.\w+\(\s*[\'"]([A-Z_]+)', (ROOT / source).read_text()))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read == explained
