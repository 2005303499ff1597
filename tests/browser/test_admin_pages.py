"""Every page of the set-up in Chromium: lists, forms, spreadsheets, held to the same accessibility rules."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_every_page import RULES, violations
from tests.pages.document import problems

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]


# Axe would read the style sheets once more to look for one rule, in a way that the stock sheets do not allow.
OPTIONS = {**RULES, "preload": False}
ON_PHONE_TOO = ("change", "index", "add_members")


def pages(cast) -> list[tuple[str, str]]:
    """Kind and address: of each model its list, a form for a new row and for the first one, spreadsheets."""
    found = [("index", reverse("admin:index"))]
    found.append(("add_members", reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk])))
    for model in apps.get_app_config("cohorts").get_models():
        if model not in admin.site._registry:
            continue
        name = f"admin:cohorts_{model._meta.model_name}"
        row = model._default_manager.filter(**own(model, cast)).order_by("pk").first()
        for page in ("changelist", "add", "import", "export"):
            with suppress(NoReverseMatch):
                found.append((page, reverse(f"{name}_{page}")))
        found += [(page, reverse(f"{name}_{page}", args=[row.pk])) for page in ("change", "delete") if row]
    return found


def own(model, cast) -> dict:
    path = getattr(model._default_manager.all(), "district_path", None)
    return {path: cast.district} if path else {"pk": cast.district.pk}


def test_everybody_can_use_the_set_up(live_cast, open_as):
    reader = Client()
    reader.force_login(live_cast.operator, backend="django.contrib.auth.backends.ModelBackend")
    page = open_as(live_cast.operator, LAPTOP, reduced_motion="reduce")
    wrong: list[str] = []
    for kind, url in pages(live_cast):
        answer = reader.get(url)
        if answer.status_code == 403:  # a standard is not added by hand, an open year is not deleted
            continue
        wrong += [f"{url}: {sentence}" for sentence in problems(answer.content.decode(), inline=False)]
        page.goto(url)
        for size in (LAPTOP, PHONE) if kind in ON_PHONE_TOO else (LAPTOP,):
            page.set_viewport_size(size)
            wrong += [f"{url} at {size['width']} px: {one}" for one in violations(page, OPTIONS)]
    assert wrong == []
