"""Forms filled with nonsense, and addresses with nonsense behind the question mark: never a server error.

Seeded, so that a failure comes again. A fresh round is SEED=… away; FORMS=… and LISTS=… make it longer.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.access.routes import ROUTES
from tests.access.test_routes import client_for
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("SEED", "20261123"))
FORMS = int(os.environ.get("FORMS", "400"))
LISTS = int(os.environ.get("LISTS", "300"))
ROLES = ("participant", "facilitator", "lead", "manager", "operator", "stranger", "other_lead", "disabled")
# 401 is the autosave's answer to somebody whom an earlier form has just signed out.
ANSWERS = {200, 302, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429}
# Every field that some form of ours reads, so that nonsense gets past the door.
FIELDS = (
    *("competency", "rationale", "strategies", "reason", "note", "standard", "title", "into", "file"),
    *("remove_absent", "digest", "deactivate", "role", "joined_on", "everyone", "leaders", "emails"),
    *("email", "code", "name", "preferred_name", "time_zone", "language", "delivery", "seal", "q"),
    *("form-0-summary", "form-TOTAL_FORMS", "form-INITIAL_FORMS", "action", "_selected_action"),
)
ASKED = (
    *("page", "p", "q", "o", "e", "all", "show", "name", "post", "school", "focus", "as", "seal", "next"),
    *("cohort", "invited", "supervisor", "place", "state", "status", "_popup", "_to_field"),
    *("starts_at__year", "starts_at__month", "first_day__year", "program_year__id__exact"),
    *("_changelist_filters", "calendar__id__exact"),
    *("district", "is_active__exact", "kind__exact", "id", "pk__in"),
)


def nonsense(rng: random.Random, foreign: list[int]) -> Any:
    """One value of the kinds that break forms: too large, too long, the wrong kind, another district's."""
    kinds = (
        lambda: str(10 ** rng.choice((9, 18, 19, 40))),
        lambda: str(-(2**63)),
        lambda: str(rng.choice(foreign)),
        lambda: [str(one) for one in rng.sample(foreign, 3)],
        lambda: "a\x00b",
        lambda: "👩🏽‍🏫" * rng.randint(1, 400),
        lambda: "",
        lambda: " \t\r\n ",
        lambda: "٣" * 5,
        lambda: "2026-02-31",
        lambda: "99999-12-31",
        lambda: "1" * rng.choice((3, 300)),
        lambda: "<script>alert(1)</script>'\"{{ 7 }}{% now %}",
        lambda: ["participant", "", "\x00"],
        lambda: "\ud7ff\ufeff\u202e",
        lambda: "NaN",
        lambda: "on",
    )
    return rng.choice(kinds)()


def fields_of(response: Any) -> dict[str, Any]:
    """The page's own forms with what stands in them, so that most of a form is right and one field is not."""
    found: dict[str, Any] = {}
    for context in response.context or []:
        for value in context.flatten().values() if hasattr(context, "flatten") else ():
            form = getattr(value, "form", value)
            if hasattr(form, "fields") and hasattr(form, "add_prefix"):
                found |= {form.add_prefix(name): form.get_initial_for_field(field, name) or ""
                          for name, field in form.fields.items()}  # fmt: skip
    return {name: value for name, value in found.items() if isinstance(value, (str, int, list, bool))}


def filled(rng: random.Random, own: dict[str, Any], foreign: list[int]) -> dict[str, Any]:
    data = dict(own)
    names = [*own, *rng.sample(FIELDS, 4)]
    for name in rng.sample(names, min(len(names), rng.randint(1, 6))):
        data[name] = nonsense(rng, foreign)
    for name in rng.sample(list(data), len(data) // 4):
        del data[name]
    if rng.random() < 0.02:
        data[rng.choice(names)] = "x" * 1_000_000
    if rng.random() < 0.1:
        data["file"] = SimpleUploadedFile("a\u202eb.csv", rng.randbytes(rng.choice((0, 1, 4000))))
    return data


def read_to_its_end(response: Any) -> None:
    """A browser closes a streamed file; the test client does so only when it has been read.

    Not `response.close()`: that would also close the database connection that holds the test's transaction.
    """
    if response.streaming:
        response.getvalue()


def foreign_ids(other: Cast) -> list[int]:
    members = [member.pk for member in other.members.values()]
    nodes = list(other.standard.nodes.values_list("pk", flat=True))
    return [*members, *nodes, other.cohort.pk, other.year.pk, other.trio.pk, other.schools[0].pk, 0]


def addresses(cast: Cast) -> list[str]:
    """Every page that takes a form: ours by the table, the admin's by its models."""
    ours = [route.url(cast) for route in ROUTES if route.takes_post]
    found = [*ours, reverse("admin:cohorts_cohort_add_members", args=[cast.cohort.pk])]
    for model in our_models():
        name = f"admin:cohorts_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        found.append(reverse(f"{name}_changelist"))
        found.append(reverse(f"{name}_add"))
        if row is not None:
            found += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete")]
    return [*found, reverse("admin:cohorts_school_import"), reverse("admin:cohorts_noschoolday_import")]


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_app_config("cohorts").get_models() if model in admin.site._registry]


def rows_of(other: Cast) -> dict[str, list[Any]]:
    """Everything that belongs to the other district, and who its people are."""
    kept: dict[str, list[Any]] = {"people": list(
        type(other.lead).objects.filter(leaders__district=other.district).order_by("pk").values()
    )}  # fmt: skip
    for person in kept["people"]:
        del person["last_login"]
    for model in apps.get_app_config("cohorts").get_models():
        manager = model._default_manager
        if hasattr(manager, "in_district"):
            kept[model.__name__] = list(manager.in_district(other.district).order_by("pk").values())
    return kept


@pytest.fixture
def clients(cast, other) -> dict[str, Client]:
    found = {role: client_for(role, cast, other) for role in ROLES}
    for client in found.values():
        client.raise_request_exception = False
    return found


def test_no_form_answers_with_a_server_error(cast, other, clients, settings):
    # A limit that had been used up would answer everything with 429.
    settings.ACCOUNT_RATE_LIMITS = {}
    rng = random.Random(SEED)
    foreign, urls, before = foreign_ids(other), addresses(cast), rows_of(other)
    own = {url: fields_of(clients["lead"].get(url)) for url in urls}
    # Where the other district's lead has a page of her own, such as “add a school”, she may change her rows.
    hers = {url for url in urls if clients["other_lead"].get(url).status_code == 200}
    broken = []
    for number in range(FORMS):
        url = urls[number % len(urls)]
        role = rng.choice([role for role in ROLES if role != "other_lead" or url not in hers])
        data = filled(rng, own[url], foreign)
        response = clients[role].post(url, data)
        read_to_its_end(response)
        if response.status_code not in ANSWERS:
            about = {name: str(value)[:60] for name, value in data.items()}
            broken.append((response.status_code, role, url, about))
    assert broken == []
    assert rows_of(other) == before


def test_no_question_in_an_address_answers_with_a_server_error(cast, other, clients):
    rng = random.Random(SEED)
    foreign = foreign_ids(other)
    urls = [route.url(cast).split("?")[0] for route in ROUTES if not route.takes_post or route.is_page]
    urls += [reverse(f"admin:cohorts_{model._meta.model_name}_changelist") for model in our_models()]
    broken = []
    for number in range(LISTS):
        url, role = urls[number % len(urls)], rng.choice(("participant", "lead", "manager", "operator"))
        asked = {name: nonsense(rng, foreign) for name in rng.sample(ASKED, rng.randint(1, 2))}
        response = clients[role].get(url, asked)
        read_to_its_end(response)
        if response.status_code not in ANSWERS:
            about = {name: str(value)[:60] for name, value in asked.items()}
            broken.append((response.status_code, role, url, about))
    assert broken == []
