"""What a test may need from outside: PostgreSQL, Redis, Chromium.

Found: the tests run. Missing: they are skipped and the last lines of the run name what was missing; with CI
set they fail instead, because a gate that skips is no gate. `needs_postgres` and `needs_sqlite` sort a test
into one of the suite's two runs and never count as skipped. What asks no database runs once, with SQLite.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from urllib.parse import urlsplit

import pytest
import redis

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def redis_address() -> str:
    return os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


@cache
def redis_problem() -> str:
    """Empty when a Redis answers, else why not."""
    address = redis_address()
    with redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1) as client:
        try:
            client.ping()
        except redis.exceptions.RedisError:
            return f"no Redis answers at {urlsplit(address).hostname}:{urlsplit(address).port or 6379}"
    return ""


@cache
def chromium_problem() -> str:
    if chromium_path():
        return ""
    return f"none of {', '.join(CHROMIUM_NAMES)} is installed (set CHROMIUM to its path)"


def chromium_path() -> str:
    named = os.environ.get("CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def poppler_problem() -> str:
    missing = [tool for tool in ("pdftotext", "pdfinfo") if shutil.which(tool) is None]
    return f"{' and '.join(missing)} are not installed (Debian: poppler-utils)" if missing else ""


SERVICES = {
    "needs_redis": ("Redis", redis_problem),
    "needs_chromium": ("Chromium", chromium_problem),
    "needs_poppler": ("Poppler", poppler_problem),
}


def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def asks_no_database(item: pytest.Item) -> bool:
    """Pure thinking: its answer cannot depend on which database is beside it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return not fixtures & {"db", "transactional_db", "station", "redis_url"} and not any(
        item.get_closest_marker(name) for name in ("django_db", "needs_postgres", *SERVICES)
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other_run = "needs_sqlite" if on_postgres() else "needs_postgres"
    elsewhere = [
        item
        for item in items
        if item.get_closest_marker(other_run) or (on_postgres() and asks_no_database(item))
    ]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (name, problem) in SERVICES.items():
        if item.get_closest_marker(marker) and (why := problem()):
            if os.environ.get("CI"):
                pytest.fail(f"{name} is missing and CI is set: {why}", pytrace=False)
            pytest.skip(f"{name} missing: {why}")


def pytest_terminal_summary(terminalreporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for name, problem in SERVICES.values():
        count = sum(f"{name} missing:" in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"NOT RUN: {count} tests need {name}, but {problem()}.", yellow=True)


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis database for this test process alone; emptied before use."""
    number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    address = urlsplit(redis_address())._replace(path=f"/{number}").geturl()
    with redis.Redis.from_url(address) as client:
        client.flushdb()
    return address


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium, one for the whole test process."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield opened
        opened.close()
