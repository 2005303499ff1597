"""Nobody but the trio gets a word of its talks: a marker in every text, and everybody looks everywhere.

Which texts there are is read off the models, and which addresses off the table that test_routes.py keeps
whole: a new private field or a new page is in this test without anybody thinking of it.
"""

from __future__ import annotations

import io
import logging

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, JournalEntry, OwnCalendar, TrioProposal, TrioWishes
from coaching.services import invitations, times
from cohorts.services import cohort_feeds
from leaderdev.accounts.services import calendar_feeds
from leaderdev.common.models import CalendarItem, MailboxMessage, OutgoingMail
from leaderdev.common.sealed_field import SealedTextField
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.services.round import one_round
from tests.access.everywhere import addresses as addresses_of
from tests.access.everywhere import hits, readable
from tests.access.roles import ROLES, person
from tests.access.test_routes import client_for, without_token
from tests.cast import Cast
from tests.coaching.meetings import make_conversation, make_entry, make_proposed, make_visit, make_whole_talk

MARKER = "zqtalkwordzq"
# A membership that nobody has: a wish is a list of numbers.
NUMBER = 987654321
# Sealed without holding a person's own words, each with the reason.
NO_WORDS = {
    TrioProposal: "people and places of a proposal, read by those who form trios; never a wish",
    CalendarItem: "what calendars were told: titles and times, looked through below where they are shown",
}
MEMBERS = ("participant", "mate")


def sealed_names(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def private_models() -> list[type[models.Model]]:
    """Every model of the site with sealed words, as the code defines them today."""
    return [model for model in apps.get_models() if sealed_names(model) and model not in NO_WORDS]


def value_for(field: str) -> str:
    """The marker; of a wish, whose columns hold numbers, the number."""
    return f"[{NUMBER}]" if field in ("partners_sealed", "apart_sealed") else MARKER


def mark() -> None:
    """The marker in every sealed column there is."""
    for model in private_models():
        model._base_manager.update(**{name: value_for(name) for name in sealed_names(model)})


def make_wish(cast: Cast, *, apart: list[int]) -> TrioWishes:
    wish = TrioWishes(
        membership=cast.members["participant"], program_year=cast.year, changed_at=timezone.now()
    )
    wish.partners, wish.apart, wish.context = [], apart, "different"
    wish.save()
    return wish


def fill(cast: Cast) -> None:
    """At least one row of every model that holds private words."""
    make_whole_talk(cast)
    make_entry(cast, make_proposed(cast), author=cast.members["mate"])
    make_wish(cast, apart=[NUMBER])
    OwnCalendar.objects.create(user=cast.participant, address="https://calendar.example.ca/x.ics")


@pytest.fixture(autouse=True)
def a_tuesday():
    """Nobody is reminded on a weekend of what comes after it, and reminders are looked through here."""
    with time_machine.travel("2026-11-24T16:00Z", tick=True):
        yield


@pytest.fixture
def marked(cast: Cast) -> Cast:
    fill(cast)
    visit = make_visit(cast)
    mark()
    # Their letters are written with the marker in place.
    invitations.invite(visit, by=cast.participant)
    times.call_off(by=cast.participant, meeting=visit)
    return cast


def test_every_private_text_holds_the_marker(marked):
    """Else the wall is tested against nothing: a new model fails here until `fill` makes a row of it."""
    assert {model.__name__ for model in private_models()} >= {"CoachingSession", "JournalEntry", "Promise"}
    for model in private_models():
        row = model._base_manager.first()
        assert row is not None, model
        assert all(getattr(row, name) == value_for(name) for name in sealed_names(model)), model


def test_no_text_of_coaching_is_stored_in_clear(marked):
    """Beside sealed words, such a model has choices and codes only."""
    codes = {(OwnCalendar, "host"), (OwnCalendar, "problem"), (OwnCalendar, "etag")}
    for model in private_models():
        plain = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, SealedTextField)
            and not field.choices
            and (model, field.name) not in codes
        ]
        assert plain == [], model


def test_talks_are_in_no_admin():
    assert set(private_models()).isdisjoint(admin.site._registry)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MEMBERS])
def test_somebody_else_finds_no_word_anywhere(role, marked, other, caplog):
    addresses = addresses_of(marked)
    mark()  # addresses of the table made rows of their own
    # What its author released for the conversation a lead reads there; that door has a test of its own.
    JournalEntry.objects.update(released_for_conversation_at=None)
    client = client_for(role, marked, other)
    with caplog.at_level(logging.DEBUG):
        assert hits(client, addresses, MARKER, str(NUMBER)) == []
    assert MARKER not in caplog.text and str(NUMBER) not in caplog.text


def test_a_mate_finds_no_wish_no_address_and_no_closed_journal(marked, other):
    """What even the trio does not read: whom somebody would rather not sit with, and her own calendar."""
    addresses = addresses_of(marked)
    mark()
    JournalEntry.objects.update(released_to_trio_at=None, text="zqjournalzq")
    JournalEntry.objects.filter(author=marked.members["mate"]).delete()
    OwnCalendar.objects.update(address="https://zqaddresszq.example.ca/x.ics")
    client = client_for("mate", marked, other)
    assert hits(client, addresses, str(NUMBER), "zqjournalzq", "zqaddresszq") == []
    assert hits(client_for("participant", marked, other), addresses, "zqaddresszq") == []


@pytest.mark.parametrize("role", ["mate", "lead", "operator"])
def test_no_page_tells_by_a_difference_that_there_is_a_wish(role, cast, other):
    """Somebody wishes not to sit with her mate: every page of the others stays what it was, to the byte."""
    make_whole_talk(cast)
    addresses = [address for address in addresses_of(cast) if not address.startswith("/admin/")]
    client = client_for(role, cast, other)
    told = []
    for address in addresses:
        before = without_token(readable(client.get(address)))
        wish = make_wish(cast, apart=[cast.members["mate"].pk])
        during = without_token(readable(client.get(address)))
        wish.delete()
        # A page that changes by itself from one reading to the next tells nothing of the wish.
        if during != before and without_token(readable(client.get(address))) == before:
            told.append(address)
    assert told == []


def test_no_calendar_feed_holds_a_word(marked, other):
    """Everybody's own feed, the trio's included, and the cohort's: titles and times alone."""
    feeds = [
        calendar_feeds.renew(by=person(role, marked, other)).token
        for role in ROLES
        if role not in ("anonymous", "disabled")
    ]
    feeds.append(cohort_feeds.renew(by=marked.lead, cohort=marked.cohort).token)
    client = client_for("anonymous", marked, other)
    addresses = [reverse("home:calendar_feed", args=[token]) for token in feeds]
    bodies = [readable(client.get(address)) for address in addresses]
    assert all(body.startswith(b"BEGIN:VCALENDAR") for body in bodies)
    assert any(b"Coaching round" in body for body in bodies)
    assert [body for body in bodies if MARKER.encode() in body or str(NUMBER).encode() in body] == []


def test_a_mate_reads_the_talk_and_never_a_journal_that_is_closed(marked, other):
    JournalEntry.objects.update(text="zqjournalzq", received="zqjournalzq", given="zqjournalzq")
    JournalEntry.objects.exclude(author=marked.members["participant"]).delete()
    client = client_for("mate", marked, other)
    meeting = CoachingSession.objects.get(state="held")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert MARKER in page
    assert "zqjournalzq" not in page
    assert "zqjournalzq" not in client.get(reverse("coaching:journal")).content.decode()

    meeting.journal.update(released_to_trio_at=meeting.starts_at)
    assert "zqjournalzq" in client.get(meeting.get_absolute_url()).content.decode()


def test_the_lead_reads_in_the_packet_only_what_was_released_for_it(marked, other):
    offer = make_conversation(marked)
    client = client_for("lead", marked, other)
    url = reverse("coaching:conversation", args=[offer.pk])
    assert MARKER not in client.get(url).content.decode()
    # Released to the trio is not released to the lead.
    entries = JournalEntry.objects.filter(author=marked.members["participant"])
    entries.update(released_to_trio_at="2026-11-20T10:00Z")
    assert MARKER not in client.get(url).content.decode()
    entries.update(released_for_conversation_at="2026-11-20T10:00Z")
    assert MARKER in client.get(url).content.decode()


def test_no_mail_no_export_and_no_log_line_holds_a_word(marked, other, caplog):
    with caplog.at_level(logging.DEBUG):
        client = client_for("participant", marked, other)
        client.raise_request_exception = False
        meeting = CoachingSession.objects.get(state="held")
        url = reverse("coaching:autosave", args=[meeting.pk])
        for version in ("1", "999", "x"):
            sent = {"part": "meeting", "id": "1", "field": "notes", "value": f"{MARKER}2"}
            client.post(url, {**sent, "version": version})
        one_round()
    assert MARKER not in caplog.text
    assert Reminder.objects.exists()
    assert OutgoingMail.objects.filter(calendar__contains="METHOD:CANCEL").exists()
    for model in (OutgoingMail, MailboxMessage, Reminder):
        for row in model.objects.values():
            assert MARKER not in str(row) and str(NUMBER) not in str(row)
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    assert MARKER not in out.getvalue() and str(NUMBER) not in out.getvalue()


def test_an_error_in_the_middle_of_saving_tells_no_word(marked, other, caplog, monkeypatch):
    """The log of a crash names the place and not what was being saved."""
    from coaching.services import notes

    def breaks(**_values):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(notes, "save_note", breaks)
    client = client_for("participant", marked, other)
    client.raise_request_exception = False
    meeting = CoachingSession.objects.get(state="held")
    url = reverse("coaching:autosave", args=[meeting.pk])
    caplog.clear()
    answer = client.post(url, {"part": "meeting", "field": "notes", "value": MARKER, "version": "1"})

    assert answer.status_code == 500
    assert "the disk is full" in caplog.text
    assert MARKER not in caplog.text + answer.content.decode()
    caplog.clear()


def test_a_dump_of_the_database_holds_no_word_in_clear(marked):
    found = dump()
    assert MARKER not in found
    assert str(NUMBER) not in found


def dump() -> str:
    """Every row of every table, as a copy of the database holds it; with PostgreSQL its own pg_dump too."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "\n".join(found)
