"""What the tests of signing in share: a clean counter of tries, people, and reading the newest mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from leaderdev.accounts.models import User
from leaderdev.common.models import OutgoingMail
from tests.cast import PASSWORD, make_user


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _outbox(settings):
    """pytest-django swaps the mail backend; the rows of the outbox are what these tests read."""
    settings.EMAIL_BACKEND = "leaderdev.common.mail.backends.OutboxBackend"


@pytest.fixture
def ann(db) -> User:
    return make_user("ann@willow.example.ca", "Ann Okafor")


@pytest.fixture
def ben(db) -> User:
    return make_user("ben@willow.example.ca", "Ben Tremblay")


@pytest.fixture
def operator(db) -> User:
    return User.objects.create_superuser("ops@willow.example.ca", PASSWORD, name="Olga Ops")


@pytest.fixture
def later(time_machine) -> Callable[[float], None]:
    """Moves the clock on by so many seconds."""
    time_machine.move_to(datetime.now(UTC))
    return time_machine.shift


def newest_mail(to: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to_address=to).latest("pk")


def code_in(mail: OutgoingMail) -> str:
    """The eight digits of a mailed code."""
    return re.search(r"\d{4}-\d{4}", mail.body_text).group()


def link_in(mail: OutgoingMail) -> str:
    """The path of an invitation's link."""
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", mail.body_text).group(1)
