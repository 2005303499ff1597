"""Why somebody chose a focus stays between author and trio: looked for on every page of everybody else."""

from __future__ import annotations

import datetime
import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cohorts.models import CompetencySelection, Membership, TrioSeat
from cohorts.permissions import may_read_rationale
from cohorts.services.selection_reminders import remind_to_choose
from cohorts.services.selections import change_focus, choose_focus
from cohorts.trio_words import words_of_mates
from leaderdev.common.models import OutgoingMail
from tests.access.roles import ROLES
from tests.access.routes import ROUTES
from tests.access.test_routes import client_for
from tests.cast import OPENS

pytestmark = pytest.mark.django_db

MARK = "quokka7391"
READERS = ("participant", "mate", "third")
OTHERS = [role for role in (*ROLES, "third", "mate") if role not in READERS]
PAGES = ("changelist", "add", "export", "import")
ROW_PAGES = ("change", "history", "delete")


def choose_with_mark(cast) -> CompetencySelection:
    """The participant chooses and changes, and every word of both carries the mark."""
    first, second = cast.standard.nodes.competencies()[:2]
    member = cast.members["participant"]
    words = {"rationale": f"Because {MARK}", "strategies": f"First {MARK}"}
    choose_focus(by=cast.participant, membership=member, year=cast.year, competency=first, **words)
    return change_focus(
        by=cast.participant,
        membership=member,
        year=cast.year,
        competency=second,
        reason="other",
        note=f"Note {MARK}",
        **words,
    )


@pytest.fixture
def choice(cast, time_machine) -> CompetencySelection:
    time_machine.move_to(datetime.datetime.combine(OPENS, datetime.time(18), tzinfo=datetime.UTC))
    return choose_with_mark(cast)


def addresses_of_admin() -> list[str]:
    """Every list, form, import and export page of every model, and the pages of its two latest rows."""
    found = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for page in PAGES:
            try:
                found.append(reverse(f"{name}_{page}"))
            except NoReverseMatch:
                continue
        found += [
            reverse(f"{name}_{page}", args=[pk])
            for pk in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2]
            for page in ROW_PAGES
        ]
    return found


def pages_with_mark(client: Client, urls: list[str]) -> list[str]:
    return [url for url in urls if MARK in client.get(url).content.decode("utf-8", "replace")]


def test_the_mark_is_found_where_it_may_be_read(choice, cast, other):
    """Otherwise the tests below would find nothing for the wrong reason."""
    url = reverse("cohorts:focus", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})
    join = {role: MARK in client_for(role, cast, other).get(url).content.decode() for role in READERS[:2]}
    assert join == {"participant": True, "mate": False}
    choose_focus(
        by=cast.mate,
        membership=cast.members["mate"],
        year=cast.year,
        competency=choice.competency,
        rationale="Mine",
    )
    assert MARK in client_for("mate", cast, other).get(url).content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_shows_it_to_anybody_else(role, choice, cast, other):
    client = client_for(role, cast, other)
    assert pages_with_mark(client, [route.url(cast) for route in ROUTES]) == []


@pytest.mark.parametrize("role", ["lead", "manager", "operator", "other_lead"])
def test_no_page_or_export_of_the_admin_shows_it(role, choice, cast, other):
    client = client_for(role, cast, other)
    assert pages_with_mark(client, addresses_of_admin()) == []
    for model in ("membership", "school", "noschoolday"):
        url = reverse(f"admin:cohorts_{model}_export")
        for form in ("0", "1"):
            assert MARK.encode() not in client.post(url, {"format": form}).content


@pytest.mark.parametrize("words", ["rationale", "strategies", "change_note"])
def test_a_list_of_the_admin_cannot_be_asked_letter_by_letter(words, choice, cast, other):
    """A filter in the address that narrowed a list by the words would spell them out."""
    client = client_for("lead", cast, other)
    paths = {"membership": "selections", "cohort": "memberships__selections", "programyear": "selections"}
    for model, path in paths.items():
        url = reverse(f"admin:cohorts_{model}_changelist")
        answers = [client.get(url, {f"{path}__{words}__contains": text}) for text in (MARK, "nowhere")]
        assert {answer.status_code for answer in answers} == {400}, model


def test_selections_stand_in_no_admin():
    registered = {model.__name__ for model in admin.site._registry}
    assert "CompetencySelection" not in registered
    assert CompetencySelection in apps.get_app_config("cohorts").get_models()


def test_no_mail_and_no_line_of_the_log_carries_it(cast, time_machine, caplog):
    caplog.set_level(logging.DEBUG, logger="leaderdev")
    caplog.set_level(logging.DEBUG, logger="cohorts")
    caplog.set_level(logging.DEBUG, logger="django.request")
    time_machine.move_to(datetime.datetime.combine(OPENS, datetime.time(18), tzinfo=datetime.UTC))
    choose_with_mark(cast)
    remind_to_choose(by=cast.lead, year=cast.year)
    kept = [str(row) for row in OutgoingMail.objects.values()]
    assert len(kept) > 0
    assert [text for text in kept if MARK in text] == []
    assert [sent for sent in mail.outbox if MARK in str(sent.message())] == []
    assert MARK not in caplog.text


def test_an_error_page_does_not_repeat_what_was_typed(choice, cast, other, caplog):
    client = client_for("bystander", cast, other)
    typed = {"rationale": MARK, "strategies": MARK, "competency": "1"}
    address = {"slug": cast.cohort.slug, "year": cast.year.slug}
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        missing = client.post(reverse("cohorts:focus", kwargs={**address, "year": "1999-00"}), typed)
        refused = client.post(reverse("cohorts:year_setup", kwargs=address), typed)
    assert (missing.status_code, refused.status_code) == (404, 405)
    assert MARK.encode() not in missing.content + refused.content
    assert MARK not in caplog.text


def leave(member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(left_on=OPENS)


def test_words_go_out_of_sight_with_the_seat_and_with_the_membership(choice, cast):
    """Whoever has left the trio, the cohort or the roll reads nothing any more, and is read by nobody."""
    mate = cast.members["mate"]
    assert may_read_rationale(cast.mate, choice)
    assert choice in words_of_mates(mate, cast.year)
    leave(mate)
    assert not may_read_rationale(cast.mate, choice)
    assert choice not in words_of_mates(mate, cast.year)

    leave(cast.members["participant"])
    assert not may_read_rationale(cast.third, choice)
    assert choice not in words_of_mates(cast.members["third"], cast.year)
    assert may_read_rationale(cast.participant, choice), "one's own words stay one's own"


def test_a_seat_given_up_reads_nothing(choice, cast):
    TrioSeat.objects.filter(membership=cast.members["mate"]).update(left_on=OPENS)
    assert not may_read_rationale(cast.mate, choice)
    assert choice not in words_of_mates(cast.members["mate"], cast.year)
