"""The admin, model by model: who enters, and that another district's rows do not exist."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.access.roles import ROLES
from tests.access.test_routes import client_for
from tests.pages.crowd import grow

INSIDE = ("lead", "manager", "operator", "other_lead")


def district_models():
    return [m for m in apps.get_app_config("cohorts").get_models() if m in admin.site._registry]


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_only_those_who_configure_a_district_enter(cast, other):
    answers = {role: client_for(role, cast, other).get("/admin/").status_code for role in ROLES}
    assert {role for role, status in answers.items() if status == 200} == set(INSIDE)


def test_only_models_of_ours_have_screens():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels == {"accounts", "cohorts", "growthplans"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda m: m._meta.label)
def test_every_list_can_be_searched(model, cast):
    client = client_for("operator", cast, None)
    assert client.get(address(model, "changelist"), {"q": "anybody"}).status_code == 200


@pytest.mark.parametrize("model", district_models(), ids=lambda m: m._meta.model_name)
def test_another_districts_row_does_not_exist(model, cast, other):
    grow(other, 1)
    theirs = (
        model._default_manager.in_district(other.district)
        if hasattr(model._default_manager, "in_district")
        else model._default_manager.filter(pk=other.district.pk)
    )
    row = theirs.first()
    assert row is not None, "the other district has nothing to hide: give it a row"
    client = client_for("lead", cast, other)
    for page in ("change", "delete", "history"):
        assert client.get(address(model, page, row.pk)).status_code == 404, page
    listing = client.get(address(model, "changelist"))
    assert listing.status_code == 200
    assert f"/{row.pk}/change/".encode() not in listing.content
