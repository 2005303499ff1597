"""No search, filter, list, export, autocomplete, mail, log or command gives a word of a plan away.

The way to ask a search that answers politely is to ask it twice: the answer to a word that stands in a plan
must be the answer to a word that stands nowhere, to the last byte.
"""

from __future__ import annotations

import collections
import io
import logging

import pytest
from django.contrib import admin
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

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
from growthplans.services import sharing
from growthplans.services.comments import add_comment, withdraw
from leaderdev.common.models import MailboxMessage, OutgoingMail
from tests.access.plan_marks import MARKER, PRIVATE
from tests.access.routes import ROUTES
from tests.access.test_routes import client_for, without_token

ADMINS = ("lead", "manager", "operator", "other_lead")
NOWHERE = MARKER[::-1].upper()
# Model → a field that holds an author's words.
WORDS = {
    GrowthPlan: "rationale",
    Goal: "statement",
    ActionStep: "what",
    Comment: "text",
    CheckInNote: "helped",
    EvaluationRelease: "purpose",
    Evidence: "title",
    Reflection: "text",
}
# The longest way from a model of the admin to somebody's words: user, leader, membership, plan, goal, step.
FARTHEST = 5


def told_apart(client, address: str, *names: str, **more: str) -> bool:
    """Whether an address answers differently to a word of a plan than to a word of nobody.

    `names` are the parameters that carry the word. A difference counts when it is there again: a page may
    have shown what another one left for it to say.
    """
    return all(_differs(client, address, names or ("q",), more) for _time in range(2))


def _differs(client, address: str, names: tuple[str, ...], more: dict[str, str]) -> bool:
    answers = []
    for word in (MARKER, NOWHERE):
        answer = client.get(address, {**dict.fromkeys(names, word), **more})
        body = answer.getvalue() if answer.streaming else answer.content
        answers.append((answer.status_code, without_token(body).replace(word.encode(), b"")))
    return answers[0] != answers[1]


def admin_address(model, page: str) -> str:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
    except NoReverseMatch:
        return ""


@pytest.mark.parametrize("role", ADMINS)
def test_no_list_of_the_admin_finds_a_word_of_a_plan(role, marked, cast, other):
    client = client_for(role, cast, other)
    lists = [admin_address(model, "changelist") for model in admin.site._registry]
    assert len(lists) > 10
    assert [address for address in lists if told_apart(client, address)] == []


@pytest.mark.parametrize("role", ["facilitator", "lead", "operator", "other_lead"])
def test_no_page_that_can_be_asked_finds_one(role, marked, cast, other):
    """Every route of the table, asked under every name under which some page takes a question."""
    client = client_for(role, cast, other)
    reads = f"/plans/{marked.pk}/"
    pages = {route.url(cast).partition("?")[0] for route in ROUTES}
    found = [
        address
        for address in sorted(pages)
        if not address.startswith(reads) and not address.startswith("/accounts/")
        if told_apart(client, address, "q", "search", "name")
    ]
    assert found == []


@pytest.mark.parametrize("role", ADMINS)
def test_no_autocomplete_offers_one(role, marked, cast, other):
    client = client_for(role, cast, other)
    address = reverse("admin:autocomplete")
    asked = 0
    for model, shown in admin.site._registry.items():
        for name in shown.autocomplete_fields:
            where = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": name,
            }
            assert not told_apart(client, address, "term", **where), where
            asked += 1
    assert asked
    for model in WORDS:
        where = {
            "app_label": "growthplans",
            "model_name": model._meta.model_name,
            "field_name": "plan",
            "term": MARKER,
        }
        assert client.get(address, where).status_code == 403


def ways_to_words(model) -> dict[type, str]:
    """Model with words → the shortest lookup that leads there from a model of the admin."""
    found: dict[type, str] = {}
    waiting = collections.deque([(model, ())])
    seen = {model}
    while waiting:
        here, way = waiting.popleft()
        if here in WORDS and here not in found:
            found[here] = "__".join((*way, WORDS[here], "contains"))
        if len(way) == FARTHEST:
            continue
        for field in here._meta.get_fields():
            there = field.related_model if field.is_relation else None
            if there is None or there in seen or there == "self":
                continue
            seen.add(there)
            waiting.append((there, (*way, field.name)))
    return found


@pytest.mark.parametrize("role", ["lead", "operator"])
def test_no_list_can_be_narrowed_by_the_words_of_a_plan(role, marked, cast, other):
    """A filter in the address that narrowed a list by somebody's words would spell them out."""
    client = client_for(role, cast, other)
    tried = 0
    for model in admin.site._registry:
        address = admin_address(model, "changelist")
        if client.get(address).status_code != 200:
            continue
        for way in ways_to_words(model).values():
            tried += 1
            answers = [client.get(address, {way: word}).status_code for word in (MARKER, NOWHERE)]
            # 400: not allowed to ask. A redirect to ?e=1 is the admin's word for the same.
            assert set(answers) <= {400, 302}, (address, way, answers)
    assert tried > 30


@pytest.mark.parametrize("role", ADMINS)
def test_no_export_carries_one(role, marked, cast, other):
    client = client_for(role, cast, other)
    exports = [address for model in admin.site._registry if (address := admin_address(model, "export"))]
    assert exports
    for address in exports:
        for number in range(8):
            answer = client.post(address, {"format": str(number), "resource": "0"})
            body = answer.getvalue() if answer.streaming else answer.content
            assert MARKER.encode() not in body, address
            assert PRIVATE.encode() not in body, address


def live_through(cast, plan: GrowthPlan, client, mate, lead) -> None:
    """Everything that an author and her readers do with words, by the pages that they do it on."""
    at = f"/plans/{plan.pk}/"
    plan.refresh_from_db()
    save = {"part": "plan", "id": plan.pk, "field": "rationale", "value": f"New {MARKER}"}
    assert client.post(f"{at}save/", {**save, "version": plan.version}).status_code == 200
    assert client.post(f"{at}save/", {**save, "value": f"Late {MARKER}", "version": 1}).status_code == 409
    wrong = {**save, "field": "competency", "value": MARKER, "version": plan.version + 1}
    assert client.post(f"{at}save/", wrong).status_code == 422
    upload = SimpleUploadedFile(f"{MARKER}.txt", MARKER.encode())
    day = plan.program_year.starts_on.isoformat()
    words = {"title": MARKER, "note": MARKER, "happened_on": day, "belongs_to": ""}
    client.post(f"{at}evidence/add/file/", {**words, "file": upload})
    client.post(f"{at}evidence/add/file/", {**words, "file": SimpleUploadedFile(f"{MARKER}.exe", b"MZ")})
    sharing.recall(by=cast.participant, plan=plan)
    sharing.share(by=cast.participant, plan=plan, reviewer=cast.members["lead"].leader)
    mate.post(f"{at}comments/add/", {"text": MARKER})
    said = add_comment(by=cast.mate, plan=plan, text=MARKER)
    withdraw(by=cast.mate, plan=plan, comment_id=said.pk)
    lead.post(f"{at}question/", {"question": MARKER})
    client.get(f"{at}evidence/{MARKER}/file/")
    client.post(f"{at}edit/", {"part": MARKER, "id": MARKER, "version": MARKER, "rationale": MARKER})
    assert lead.post(f"{at}save/", {**save, "version": 1}).status_code in (403, 404)


def test_no_mail_log_line_or_command_says_one(marked, cast, other, caplog, time_machine):
    time_machine.move_to(marked.shared_at)
    for name in ("", "leaderdev", "cohorts", "growthplans", "django.request", "django.security"):
        caplog.set_level(logging.DEBUG, logger=name)
    clients = [client_for(role, cast, other) for role in ("participant", "mate", "lead")]
    # What the database is asked is on no log of the site: its own logger is switched off.
    logging.getLogger("django.db.backends").disabled = True
    try:
        live_through(cast, marked, *clients)
    finally:
        logging.getLogger("django.db.backends").disabled = False
    assert GrowthPlan.objects.get(pk=marked.pk).state == "returned"
    kept = [str(row) for model in (OutgoingMail, MailboxMessage) for row in model.objects.values()]
    assert len(kept) >= 4
    assert [text for text in kept if MARKER in text or PRIVATE in text] == []
    assert [sent for sent in mail.outbox if MARKER in str(sent.message())] == []
    assert MARKER not in caplog.text
    out = io.StringIO()
    for form in ("json", "text"):
        call_command("plan_progress", cohort=cast.cohort.slug, format=form, stdout=out)
    assert MARKER not in out.getvalue()


def test_no_name_of_a_row_says_one(marked):
    """What stands in the admin's log, in an error mail or in a shell: numbers, and never words."""
    for model in WORDS:
        for row in model._base_manager.all():
            assert MARKER not in f"{row} {row!r}"
