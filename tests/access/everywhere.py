"""Every address of the site and what can be read there, for tests that look for a word everywhere."""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import Any

from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.access.routes import ROUTES

# What the administration has for a model, and for one of its rows. Deleting lists what hangs on the row.
MODEL_PAGES = ("changelist", "add", "export")
ROW_PAGES = ("change", "history", "delete")


def addresses(cast: Any) -> list[str]:
    """Every route of the table, which test_routes.py keeps whole, and every page of the administration."""
    found = [route.url(cast) for route in ROUTES]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [url for page in MODEL_PAGES if (url := _url(f"{name}_{page}"))]
        rows = itertools.product(model._base_manager.all()[:1], ROW_PAGES)
        found += [url for row, page in rows if (url := _url(f"{name}_{page}", row.pk))]
    return list(dict.fromkeys(found))


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def readable(answer: Any) -> bytes:
    """The answer's bytes; of an office file or another archive also what is packed inside."""
    body: bytes = answer.getvalue() if answer.streaming else answer.content
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join([body, *(packed.read(name) for name in packed.namelist())])


def hits(client: Any, found: list[str], *words: str) -> list[str]:
    """The addresses whose answer to a GET holds one of the words."""
    wanted = [word.encode() for word in words]
    return [address for address in found if any(word in readable(client.get(address)) for word in wanted)]
