"""Nobody but its readers gets a byte of a plan: a marker in every text, and everybody looks everywhere."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from growthplans.models import (
    ActionStep,
    CheckInNote,
    Comment,
    EvaluationRelease,
    Evidence,
    Goal,
    GrowthPlan,
    Reflection,
)
from tests.access.everywhere import addresses as addresses_of
from tests.access.everywhere import readable
from tests.access.plan_marks import MARKER, PRIVATE, words_of
from tests.access.roles import ROLES
from tests.access.test_routes import client_for

READERS = ("participant", "mate")


def _hits(client, addresses: list[str], *words: str) -> list[str]:
    """The addresses whose answer holds one of the words; "#private" marks those with the private one."""
    found = []
    for address in addresses:
        answer = client.get(address)
        body = readable(answer)
        found += [f"{address}{'#private' * (word == PRIVATE)}" for word in words if word.encode() in body]
    return found


def test_every_text_of_a_plan_holds_the_marker(marked):
    """Else the wall is tested against nothing: each model has at least one row with words in it."""
    assert words_of(GrowthPlan).keys() >= {"rationale", "outcome", "implications", "review_question"}
    for model in (Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection):
        assert words_of(model), model
        assert model._base_manager.exists(), model


def test_plans_are_in_no_admin():
    words = {GrowthPlan, Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection}
    assert words.isdisjoint(admin.site._registry)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in READERS])
def test_somebody_else_finds_no_word_anywhere(role, marked, cast, other):
    addresses = addresses_of(cast)
    client = client_for(role, cast, other)
    assert _hits(client, addresses, MARKER, PRIVATE) == []


def test_a_mate_reads_the_plan_and_never_an_unreleased_reflection(marked, cast, other):
    client = client_for("mate", cast, other)
    addresses = addresses_of(cast)
    hits = _hits(client, addresses, MARKER, PRIVATE)
    assert reverse("growthplans:plan_detail", args=[marked.pk]) in hits
    assert [address for address in hits if address.endswith("#private")] == []


def test_the_reviewer_reads_the_plan_and_never_an_unreleased_reflection(marked, cast, other):
    GrowthPlan.objects.filter(pk=marked.pk).update(reviewer=cast.members["lead"].leader)
    client = client_for("lead", cast, other)
    addresses = addresses_of(cast)
    hits = _hits(client, addresses, MARKER, PRIVATE)
    assert reverse("growthplans:plan_detail", args=[marked.pk]) in hits
    assert all(address.startswith(f"/plans/{marked.pk}/") for address in hits)
    assert [address for address in hits if address.endswith("#private")] == []


def test_a_draft_is_the_authors_alone(marked, cast, other):
    GrowthPlan.objects.filter(pk=marked.pk).update(state="draft", reviewer=cast.members["lead"].leader)
    addresses = addresses_of(cast)
    for role in ("mate", "lead"):
        assert _hits(client_for(role, cast, other), addresses, MARKER) == []
