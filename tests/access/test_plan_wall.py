"""Nobody but its readers gets a byte of a plan: a marker in every text, and everybody looks everywhere."""

from __future__ import annotations

import io
import itertools

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import models
from django.urls import NoReverseMatch, reverse

from growthplans.models import (
    ActionStep,
    CheckInNote,
    Comment,
    EvaluationRelease,
    Evidence,
    Goal,
    GrowthPlan,
    Reading,
    Reflection,
    Revision,
)
from growthplans.services.check_in_dates import ensure_check_ins
from growthplans.services.comments import add_comment
from leaderdev.common.models import MailboxMessage, OutgoingMail
from tests.access.roles import ROLES
from tests.access.routes import ROUTES
from tests.access.test_routes import client_for, without_token
from tests.cast import make_plan

MARKER, PRIVATE = "zqplanwordzq", "zqprivatewordzq"
READERS = ("participant", "mate")
# Fields whose values are words of the program and not of an author.
NOT_WORDS = {
    "state",
    "status",
    "kind",
    "origin",
    "stage",
    "voice",
    "part",
    "field",
    "content_type",
    "link",
    "file",
}


def _words_of(model) -> dict[str, str]:
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.name not in NOT_WORDS
    ]
    return dict.fromkeys(texts, MARKER)


@pytest.fixture
def marked(cast) -> GrowthPlan:
    """The participant's shared plan, with the marker in every column that holds somebody's words."""
    plan = make_plan(cast)
    ensure_check_ins(plan=plan)
    step = ActionStep.objects.filter(goal__plan=plan).first()
    CheckInNote.objects.create(check_in=plan.check_ins.first(), step=step, status="done")
    EvaluationRelease.objects.create(plan=plan, signed_name="x", purpose="x", signed_at=plan.shared_at)
    add_comment(by=cast.mate, plan=plan, text=MARKER)
    Reading.objects.create(
        plan=plan,
        reader=cast.mate,
        voice="mate",
        day="2026-10-11",
        first_at=plan.shared_at,
        last_at=plan.shared_at,
    )
    GrowthPlan.objects.filter(pk=plan.pk).update(**_words_of(GrowthPlan))
    for model in (Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection):
        model._base_manager.all().update(**_words_of(model))
    plan.check_ins.update(reason=MARKER)
    Revision.objects.update(before=MARKER, after=MARKER)
    Reflection.objects.filter(released_at=None).update(text=PRIVATE, prompt="")
    plan.refresh_from_db()
    return plan


def _addresses(cast) -> list[str]:
    """Every route of the table, and every page that the admin has for a model or one of its rows."""
    found = [route.url(cast) for route in ROUTES]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = [
            reverse(f"{name}_{page}", args=[row.pk])
            for row, page in itertools.product(model._base_manager.all()[:1], ("change", "history"))
        ]
        found += [reverse(f"{name}_changelist"), *rows, *_export(name)]
    return found


def _export(name: str) -> list[str]:
    try:
        return [reverse(f"{name}_export")]
    except NoReverseMatch:
        return []


def _hits(client, addresses: list[str], *words: str) -> list[str]:
    """The addresses whose answer holds one of the words; "#private" marks those with the private one."""
    found = []
    for address in addresses:
        answer = client.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        found += [f"{address}{'#private' * (word == PRIVATE)}" for word in words if word.encode() in body]
    return found


def test_every_text_of_a_plan_holds_the_marker(marked):
    """Else the wall is tested against nothing: each model has at least one row with words in it."""
    assert _words_of(GrowthPlan).keys() >= {"rationale", "outcome", "implications", "review_question"}
    for model in (Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection):
        assert _words_of(model), model
        assert model._base_manager.exists(), model


def test_plans_are_in_no_admin():
    words = {GrowthPlan, Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection}
    assert words.isdisjoint(admin.site._registry)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in READERS])
def test_somebody_else_finds_no_word_anywhere(role, marked, cast, other):
    addresses = _addresses(cast)
    client = client_for(role, cast, other)
    assert _hits(client, addresses, MARKER, PRIVATE) == []


@pytest.mark.parametrize("role", ["lead", "operator"])
def test_searching_for_a_word_of_a_plan_finds_what_any_other_word_finds(role, marked, cast, other):
    """The answer to the marker is the answer to a word that stands nowhere."""
    client = client_for(role, cast, other)
    nowhere = MARKER[::-1].upper()
    lists = [
        reverse(f"admin:cohorts_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if model._meta.app_label == "cohorts"
    ]
    for address in [*lists, reverse("cohorts:directory", args=[cast.cohort.slug])]:
        answers = [
            without_token(client.get(address, {"q": word}).content).replace(word.encode(), b"")
            for word in (MARKER, nowhere)
        ]
        assert answers[0] == answers[1], address


def test_a_mate_reads_the_plan_and_never_an_unreleased_reflection(marked, cast, other):
    client = client_for("mate", cast, other)
    addresses = _addresses(cast)
    hits = _hits(client, addresses, MARKER, PRIVATE)
    assert reverse("growthplans:plan_detail", args=[marked.pk]) in hits
    assert [address for address in hits if address.endswith("#private")] == []


def test_the_reviewer_reads_the_plan_and_never_an_unreleased_reflection(marked, cast, other):
    GrowthPlan.objects.filter(pk=marked.pk).update(reviewer=cast.members["lead"].leader)
    client = client_for("lead", cast, other)
    addresses = _addresses(cast)
    hits = _hits(client, addresses, MARKER, PRIVATE)
    assert reverse("growthplans:plan_detail", args=[marked.pk]) in hits
    assert all(address.startswith(f"/plans/{marked.pk}/") for address in hits)
    assert [address for address in hits if address.endswith("#private")] == []


def test_a_draft_is_the_authors_alone(marked, cast, other):
    GrowthPlan.objects.filter(pk=marked.pk).update(state="draft", reviewer=cast.members["lead"].leader)
    addresses = _addresses(cast)
    for role in ("mate", "lead"):
        assert _hits(client_for(role, cast, other), addresses, MARKER) == []


def test_no_mail_and_no_command_says_a_word(marked, cast):
    out = io.StringIO()
    call_command("plan_progress", cohort=cast.cohort.slug, format="json", stdout=out)
    assert MARKER not in out.getvalue()
    for model in (OutgoingMail, MailboxMessage):
        for row in model.objects.values():
            assert MARKER not in str(row)
