"""Small helpers for tests that press a page's buttons."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(answer: Any) -> str:
    """What the page that followed says at its top."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request)) or " ".join(
        str(message) for message in answer.context["messages"]
    )
