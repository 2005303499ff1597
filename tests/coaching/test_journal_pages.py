"""The journal and the conversation with the program lead, as people use the pages."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import JournalEntry, LeadConversation
from tests.coaching.meetings import make_conversation, make_entry, make_meeting, make_whole_talk
from tests.coaching.pages import said, signed_in

WORDS = {"text": "I asked more than I told.", "received": "", "given": "", "manner": "asked"}


@pytest.fixture
def held(cast):
    return make_meeting(cast, state="held")


def write(client: Client, meeting, **values):
    return client.post(reverse("coaching:journal_write", args=[meeting.pk]), values, follow=True)


def test_an_entry_is_written_changed_and_stands_in_the_journal(cast, held):
    client = signed_in(cast.participant)
    answer = write(client, held, **WORDS, received_kinds=["emotional"], given_kinds=["functional"])
    assert "yours alone until you release it" in said(answer)
    page = answer.content.decode()
    assert WORDS["text"] in page and "It did me good" in page and "Mostly asked" in page

    again = client.get(reverse("coaching:journal_write", args=[held.pk])).content.decode()
    assert WORDS["text"] in again
    assert "Skip it this time" not in again
    write(client, held, **{**WORDS, "text": "And once I listened."})
    assert JournalEntry.objects.get().text == "And once I listened."


def test_an_empty_entry_is_refused_with_a_sentence(cast, held):
    answer = write(signed_in(cast.participant), held, text="", received="", given="", manner="")
    assert answer.status_code == 200
    assert "or skip this entry" in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_there_is_nothing_to_write_about_a_meeting_that_did_not_take_place(cast):
    missed = make_meeting(cast, state="not_held")
    client = signed_in(cast.participant)
    answer = client.get(reverse("coaching:journal_write", args=[missed.pk]))
    assert answer.url == missed.get_absolute_url()
    skipped = client.post(reverse("coaching:journal_skip", args=[missed.pk]), follow=True)
    assert "after a meeting that took place" in said(skipped)


def test_an_entry_is_skipped_in_one_press_and_never_asked_for_again(cast, held):
    client = signed_in(cast.participant)
    answer = client.post(reverse("coaching:journal_skip", args=[held.pk]), follow=True)
    assert "Nobody asks for it again" in said(answer)
    assert answer.redirect_chain[-1][0] == reverse("coaching:trio", args=[cast.trio.pk])
    assert "A few lines in your journal" not in client.get("/").content.decode()
    assert "Nothing written yet" in client.get(reverse("coaching:journal")).content.decode()


@pytest.mark.parametrize("to", ["trio", "conversation"])
def test_an_entry_is_released_and_closed_by_its_author_alone(cast, held, to):
    entry = make_entry(cast, held)
    url = reverse("coaching:journal_release", args=[entry.pk])
    assert signed_in(cast.mate).post(url, {"to": to, "released": "yes"}).status_code == 404
    client = signed_in(cast.participant)
    assert "is released" in said(client.post(url, {"to": to, "released": "yes"}, follow=True))
    column = {"trio": "released_to_trio_at", "conversation": "released_for_conversation_at"}[to]
    entry.refresh_from_db()
    assert getattr(entry, column) is not None
    assert "yours alone again" in said(client.post(url, {"to": to, "released": "no"}, follow=True))
    entry.refresh_from_db()
    assert getattr(entry, column) is None


def test_a_place_to_release_to_that_does_not_exist_is_refused(cast, held):
    entry = make_entry(cast, held)
    answer = signed_in(cast.participant).post(
        reverse("coaching:journal_release", args=[entry.pk]), {"to": "everybody"}, follow=True
    )
    assert "Only its author" in said(answer)


def test_an_offer_is_taken_left_and_taken_up_again(cast):
    offer = make_conversation(cast)
    client = signed_in(cast.participant)
    url = reverse("coaching:conversation_respond", args=[offer.pk])
    assert "would like to talk" in said(client.post(url, {"wanted": "yes"}, follow=True))
    assert "Left aside" in said(client.post(url, {"wanted": "no"}, follow=True))
    assert LeadConversation.objects.get().state == "declined"
    assert signed_in(cast.mate).post(url, {"wanted": "yes"}).status_code == 404
    LeadConversation.objects.update(state="held", held_on=datetime.date(2026, 11, 20))
    assert "held already" in said(client.post(url, {"wanted": "yes"}, follow=True))


def test_the_lead_writes_down_the_day_and_reads_what_was_released(cast):
    offer = make_conversation(cast)
    make_whole_talk(cast)
    JournalEntry.objects.update(released_for_conversation_at="2026-11-20T10:00Z")
    page = reverse("coaching:conversation", args=[offer.pk])
    url = reverse("coaching:conversation_held", args=[offer.pk])
    lead = signed_in(cast.lead)
    assert "SECRET thought" in lead.get(page).content.decode()
    assert "Write it down as held" not in signed_in(cast.participant).get(page).content.decode()
    assert signed_in(cast.participant).post(url, {"held_on": "2026-11-20"}).status_code == 403
    assert "Choose the day" in said(lead.post(url, {"held_on": ""}, follow=True))
    assert "written down as held" in said(lead.post(url, {"held_on": "2026-11-20"}, follow=True))
    offer.refresh_from_db()
    assert (offer.state, offer.held_on) == ("held", datetime.date(2026, 11, 20))
