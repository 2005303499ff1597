"""The pages of evidence: what an author can do, what a reader sees, and that no upload breaks them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growthplans.models import Evidence, GrowthPlan
from tests.cast import OPENS, make_evidence_file, make_plan
from tests.growthplans import samples
from tests.pages.document import problems

pytestmark = pytest.mark.django_db


def as_person(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args) -> str:
    return reverse(f"growthplans:{name}", args=args)


@pytest.fixture
def author(cast) -> Client:
    return as_person(cast.participant)


@pytest.fixture
def written(cast) -> GrowthPlan:
    return make_plan(cast)


def fields(**values) -> dict:
    return {"title": "Seen", "note": "", "belongs_to": "", "happened_on": OPENS.isoformat(), **values}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("note", {}),
        ("link", {"link": "example.ca/page"}),
        ("file", {"file": SimpleUploadedFile("a.pdf", samples.PDF)}),
    ],
)
def test_each_kind_is_added_and_tied(author, written, kind, more):
    goal = written.goals.last()
    answer = author.post(url("evidence_add", written.pk, kind), fields(belongs_to=f"goal-{goal.pk}", **more))
    assert answer.status_code == 302
    row = Evidence.objects.latest("pk")
    assert (row.kind, row.goal, row.indicator) == (kind, goal, None)


def test_evidence_is_tied_to_an_indicator_of_the_competency(author, written):
    node = written.competency.children.last()
    author.post(url("evidence_add", written.pk, "note"), fields(belongs_to=f"indicator-{node.pk}"))
    row = Evidence.objects.latest("pk")
    assert (row.goal, row.indicator) == (None, node)
    page = author.get(url("evidence", written.pk)).content.decode()
    assert node.coded_label in page


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("link", {"link": "javascript:alert(1)"}, "Write a web address"),
        ("link", {"link": "ftp://example.ca/x"}, "Write a web address"),
        ("file", {}, "Choose a file."),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"")}, "This file is empty"),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"<svg onload=x>")}, "web page"),
        ("note", {"title": ""}, "required"),
        ("note", {"title": "x" * 161}, "160"),
        ("note", {"note": "a\x00b"}, "Null characters"),
        ("note", {"belongs_to": "goal-1\x00"}, "not one of the available choices"),
        ("note", {"belongs_to": "goal-99999999999999999999"}, "not one of the available choices"),
        ("note", {"happened_on": "2999-01-01"}, "has not come yet"),
        ("note", {"happened_on": "2020-01-01"}, "outside the program year"),
        ("note", {"happened_on": "soon"}, "valid date"),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence_and_the_text_kept(author, written, kind, more, sentence):
    count = Evidence.objects.count()
    answer = author.post(url("evidence_add", written.pk, kind), fields(**{"note": "My words", **more}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "note" in more or "My words" in page
    assert problems(page) == []
    assert Evidence.objects.count() == count


def test_an_unknown_kind_is_not_found(author, written):
    assert author.get(url("evidence_add", written.pk, "video")).status_code == 404


def test_another_plans_evidence_is_not_found_under_this_one(author, written, other):
    foreign = make_plan(other).evidence.first()
    for name in ("evidence_edit", "evidence_erase", "evidence_file"):
        assert author.get(url(name, written.pk, foreign.pk)).status_code == 404
    for name in ("evidence_remove", "evidence_put_back", "evidence_erase"):
        assert author.post(url(name, written.pk, foreign.pk)).status_code == 404


def test_words_are_changed_and_a_conflict_shows_both_texts(author, written):
    row = written.evidence.first()
    address = url("evidence_edit", written.pk, row.pk)
    assert author.post(address, fields(title="New words", version=1)).status_code == 302
    answer = author.post(address, fields(title="My other words", version=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "New words" in page
    assert "My other words" in page
    assert problems(page) == []
    assert author.post(address, fields(title="My other words", version=2)).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.version) == ("My other words", 3)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_form_without_a_true_version_overwrites_nothing(author, written, version):
    row = written.evidence.first()
    answer = author.post(url("evidence_edit", written.pk, row.pk), fields(title="Mine", version=version))
    assert answer.status_code == 409


def test_a_piece_stays_tied_to_an_indicator_after_a_change_of_focus(author, written, cast):
    elsewhere = cast.standard.nodes.competencies().last().children.first()
    row = written.evidence.first()
    Evidence.objects.filter(pk=row.pk).update(goal=None, indicator=elsewhere)
    values = fields(title="Reworded", belongs_to=f"indicator-{elsewhere.pk}", version=1)
    assert author.post(url("evidence_edit", written.pk, row.pk), values).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.indicator) == ("Reworded", elsewhere)


def test_taking_out_is_undone_with_one_button(author, written, cast):
    row = make_evidence_file(cast)
    page = author.post(url("evidence_remove", written.pk, row.pk), follow=True).content.decode()
    assert "Undo: put it back" in page
    assert problems(page) == []
    assert author.get(url("evidence_file", written.pk, row.pk)).status_code == 404
    mates = as_person(cast.mate).get(url("evidence", written.pk)).content.decode()
    assert row.title not in mates
    author.post(url("evidence_put_back", written.pk, row.pk))
    assert author.get(url("evidence_file", written.pk, row.pk)).getvalue().startswith(b"%PDF")


def test_erasing_asks_first(author, written, cast, django_capture_on_commit_callbacks):
    row = make_evidence_file(cast)
    assert (
        "nobody can bring it back" in author.get(url("evidence_erase", written.pk, row.pk)).content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        author.post(url("evidence_erase", written.pk, row.pk))
    assert not Evidence.with_removed.filter(pk=row.pk).exists()
    assert not row.file.storage.exists(row.file.name)


def test_a_reader_sees_no_button(cast, written):
    page = as_person(cast.mate).get(url("evidence", written.pk)).content.decode()
    assert "SECRET evidence 1" in page
    for word in ("Take out", "Add a file", "/edit/"):
        assert word not in page


@pytest.mark.parametrize("person", ["mate", "lead", "stranger"])
@pytest.mark.parametrize("name", ["evidence_remove", "evidence_put_back", "evidence_erase", "evidence_edit"])
def test_nobody_elses_button_does_anything(cast, written, person, name):
    row = written.evidence.first()
    answer = as_person(getattr(cast, person)).post(url(name, written.pk, row.pk), fields(version=1))
    assert answer.status_code == (403 if person == "mate" else 404)
    row.refresh_from_db()
    assert (row.removed_at, row.version) == (None, 1)


def test_a_file_leaves_as_a_download_that_no_browser_runs(cast, written):
    row = make_evidence_file(cast)
    Evidence.objects.filter(pk=row.pk).update(file_name="Umfrage „März“.pdf")
    answer = as_person(cast.mate).get(url("evidence_file", written.pk, row.pk))
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    disposition = answer["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Umfrage%20%E2%80%9EM%C3%A4rz%E2%80%9C.pdf"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.getvalue() == b"%PDF-1.7\nSECRET bytes\n%%EOF\n"


def test_the_file_of_a_draft_is_the_authors_alone(cast, written, author):
    row = make_evidence_file(cast)
    GrowthPlan.objects.filter(pk=written.pk).update(state="draft")
    address = url("evidence_file", written.pk, row.pk)
    assert as_person(cast.mate).get(address).status_code == 404
    assert author.get(address).getvalue()


def test_a_file_that_is_gone_from_the_storage_is_not_found(cast, written, author):
    row = make_evidence_file(cast)
    row.file.storage.delete(row.file.name)
    assert author.get(url("evidence_file", written.pk, row.pk)).status_code == 404


NAMES = st.text(min_size=1, max_size=300)
CONTENT = st.one_of(
    st.binary(max_size=400),
    st.sampled_from(list(samples.SOUND.values())),
    st.sampled_from([content for content, _reason in samples.LIARS.values()]),
)
FUZZED = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@FUZZED
@given(name=NAMES, content=CONTENT, title=st.text(max_size=200), note=st.text(max_size=200))
def test_any_upload_is_stored_or_answered_with_a_sentence(author, written, name, content, title, note):
    before = Evidence.objects.count()
    form = fields(title=title, note=note, file=SimpleUploadedFile("x", content))
    form["file"].name = name.replace("/", "_") or "x"
    answer = author.post(url("evidence_add", written.pk, "file"), form)
    if answer.status_code == 302:
        row = Evidence.objects.latest("pk")
        assert Evidence.objects.count() == before + 1
        assert author.get(url("evidence_file", written.pk, row.pk)).getvalue() == content
        assert "\n" not in row.file_name
    else:
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
        assert Evidence.objects.count() == before
