"""Ordering, awaiting and fetching a document, and the page for the browser's own printing."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from growthplans.models import DocumentRequest, GrowthPlan, Reading
from growthplans.services.documents import make_document
from leaderdev.common.documents.making import KEPT
from tests.cast import make_evidence_file, make_plan
from tests.growthplans.test_evidence_pages import as_person, url
from tests.pages.document import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast) -> GrowthPlan:
    return make_plan(cast)


def order(client, plan, **values) -> DocumentRequest:
    answer = client.post(url("document", plan.pk), {"format": "docx", "paper": "letter", **values})
    assert answer.status_code == 302
    made = DocumentRequest.objects.latest("created_at")
    assert answer["Location"] == url("document_wait", plan.pk, made.pk)
    return made


def test_a_document_is_ordered_awaited_and_fetched(cast, written):
    client = as_person(cast.participant)
    made = order(client, written)
    address = url("document_wait", written.pk, made.pk)
    waiting = client.get(address).content.decode()
    assert "data-waiting" in waiting
    assert "Look again" in waiting
    assert client.get(url("document_file", written.pk, made.pk)).status_code == 404
    make_document(pk=made.pk)
    ready = client.get(address).content.decode()
    assert "Download the Word document" in ready
    assert "data-waiting" not in ready
    answer = client.get(url("document_file", written.pk, made.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="growth-plan-2026-27.docx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue().startswith(b"PK")
    again = client.get(url("document", written.pk)).content.decode()
    assert "Ready to fetch" in again
    assert problems(again) == []


def test_a_failed_document_says_so_and_offers_another_way(cast, written):
    client = as_person(cast.participant)
    made = order(client, written)
    DocumentRequest.objects.filter(pk=made.pk).update(state="failed")
    page = client.get(url("document_wait", written.pk, made.pk)).content.decode()
    assert "could not be made" in page
    assert problems(page) == []


def test_nobody_else_and_no_other_address_fetches_it(cast, other, written):
    made = order(as_person(cast.mate), written)
    make_document(pk=made.pk)
    for person in ("participant", "third", "lead", "operator", "stranger"):
        client = as_person(getattr(cast, person))
        assert client.get(url("document_file", written.pk, made.pk)).status_code == 404
        assert client.get(url("document_wait", written.pk, made.pk)).status_code == 404
    mate = as_person(cast.mate)
    assert mate.get(url("document_file", make_plan(other).pk, made.pk)).status_code == 404


def test_a_day_later_and_after_leaving_the_trio_it_is_not_found(cast, written):
    client = as_person(cast.mate)
    made = order(client, written)
    make_document(pk=made.pk)
    address = url("document_file", written.pk, made.pk)
    client.get(address).getvalue()
    seats = cast.trio.seats.filter(membership=cast.members["mate"])
    seats.update(left_on=timezone.now().date() - datetime.timedelta(days=1))
    assert client.get(address).status_code == 404
    seats.update(left_on=None)
    DocumentRequest.objects.update(expires_at=timezone.now() - KEPT)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"format": "exe"},
        {"paper": ""},
        {"reflections": ["x"]},
        {"reflections": ["99999999999999999999"]},
        {"reflections": ["-1", "²"]},
    ],
)
def test_a_wrong_order_is_answered_with_a_sentence(cast, written, values):
    answer = as_person(cast.participant).post(
        url("document", written.pk), {"format": "pdf", "paper": "a4", **values}
    )
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not DocumentRequest.objects.exists()


def test_too_many_waiting_orders_are_answered_with_a_sentence(cast, written):
    client = as_person(cast.participant)
    for number in range(5):
        DocumentRequest.objects.create(
            plan=written,
            by=cast.participant,
            format="pdf",
            paper="a4",
            reflections=[number],
            expires_at=timezone.now() + KEPT,
        )
    answer = client.post(url("document", written.pk), {"format": "pdf", "paper": "letter"})
    assert "being made already" in answer.content.decode()


def test_a_mate_cannot_tick_what_is_not_released(cast, written):
    private = written.reflections.get(released_at=None)
    client = as_person(cast.mate)
    answer = client.post(
        url("document", written.pk), {"format": "pdf", "paper": "a4", "reflections": [private.pk]}
    )
    assert answer.status_code == 200
    assert not DocumentRequest.objects.exists()


def test_the_print_page_shows_what_was_ticked_and_no_more(cast, written):
    private = written.reflections.get(released_at=None)
    address = reverse("growthplans:print", args=[written.pk])
    author = as_person(cast.participant)
    usual = author.get(address).content.decode()
    assert "SECRET goal 1" in usual
    assert "SECRET thought, free" in usual
    assert "SECRET thought, beginning" not in usual
    assert "SECRET thought" not in author.get(address + "?choose=1").content.decode()
    ticked = author.get(f"{address}?choose=1&reflections={private.pk}").content.decode()
    assert "SECRET thought, beginning" in ticked
    for query in (
        f"?choose=1&reflections={private.pk}",
        "?choose=1&reflections=%00",
        "?choose=1&reflections=x",
    ):
        assert "SECRET thought, beginning" not in as_person(cast.mate).get(address + query).content.decode()


def test_reading_on_paper_or_in_a_file_stands_in_the_record(cast, written):
    row = make_evidence_file(cast)
    mate, author = as_person(cast.mate), as_person(cast.participant)
    Reading.objects.all().delete()
    for address in (url("print", written.pk), url("evidence", written.pk)):
        author.get(address)
        mate.head(address)
    assert not Reading.objects.exists()
    for read in (
        lambda: mate.get(url("print", written.pk)),
        lambda: mate.get(url("evidence", written.pk)),
        lambda: mate.get(url("evidence_file", written.pk, row.pk)).getvalue(),
        lambda: order(mate, written),
    ):
        read()
        assert Reading.objects.get().reader == cast.mate
        Reading.objects.all().delete()
    assert not written.comments.exclude(by=cast.mate).exclude(read_at=None).exists()
