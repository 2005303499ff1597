"""Evidence is added, reworded, taken out and put back by its author, and each step is in the record."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cohorts.services.errors import RefusedError
from growthplans.models import Evidence, Revision
from growthplans.services import evidence as service
from growthplans.services import evidence_keeping as keeping
from growthplans.services.editing import Conflict, Saved
from growthplans.services.refusals import FieldRefusedError
from growthplans.services.timeline import state_at, state_now
from tests.cast import OPENS
from tests.growthplans import samples

pytestmark = pytest.mark.django_db


def pdf(name: str = "survey.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.PDF, content_type="text/html")


@pytest.fixture
def add(cast, plan):
    def with_values(**values):
        usual = {"by": cast.participant, "plan": plan, "kind": "note", "title": "Seen", "happened_on": OPENS}
        return service.add_evidence(**{**usual, **values})

    return with_values


def stored(row: Evidence) -> bool:
    return row.file.storage.exists(row.file.name)


def test_a_file_is_kept_under_a_random_name_with_its_own_name_beside(add):
    row = add(kind="file", title="", file=pdf("../Umfrage März.exe"))
    assert (row.title, row.file_name) == ("Umfrage März.pdf", "Umfrage März.pdf")
    assert (row.content_type, row.size) == ("application/pdf", len(samples.PDF))
    assert "Umfrage" not in row.file.name
    assert row.file.storage.base_location.name == "evidence"
    with row.file.open() as file:
        assert file.read() == samples.PDF


def test_each_kind_holds_what_it_says(add):
    rows = [add(), add(kind="link", link="https://example.ca/"), add(kind="file", file=pdf())]
    assert [(row.kind, row.link, bool(row.file)) for row in rows] == [
        ("note", "", False),
        ("link", "https://example.ca/", False),
        ("file", "", True),
    ]


@pytest.mark.parametrize("liar", samples.LIARS)
def test_a_liar_is_refused_in_a_sentence_at_the_field(add, liar):
    content, _reason = samples.LIARS[liar]
    with pytest.raises(FieldRefusedError) as caught:
        add(kind="file", file=SimpleUploadedFile("plan.pdf", content))
    assert caught.value.field == "file"
    assert str(caught.value).endswith(".")
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(add, settings):
    settings.EVIDENCE_MAX_MB = 1
    large = SimpleUploadedFile("a.txt", b"x" * (1024 * 1024 + 1))
    with pytest.raises(FieldRefusedError, match="This file has 2 MB; there is room for 1 MB"):
        add(kind="file", file=large)
    assert large.tell() == 0


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (datetime.date(2026, 8, 1), "lies outside the program year"),
        (datetime.date(2999, 1, 1), "has not come yet"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(add, day, sentence):
    with pytest.raises(FieldRefusedError, match=sentence) as caught:
        add(happened_on=day)
    assert caught.value.field == "happened_on"


def test_nothing_is_tied_to_another_plan_or_another_standard(add, cast, other):
    from tests.cast import make_plan

    foreign = make_plan(other)
    with pytest.raises(FieldRefusedError, match="goals of this plan"):
        add(goal=foreign.goals.first())
    with pytest.raises(FieldRefusedError, match="indicators on the list"):
        add(indicator=other.standard.nodes.indicators().first())


@pytest.mark.parametrize("person", ["mate", "lead", "operator", "stranger"])
def test_nobody_else_adds_changes_or_takes_out(add, cast, plan, person):
    row = add()
    somebody = getattr(cast, person)
    with pytest.raises(RefusedError):
        add(by=somebody)
    with pytest.raises(RefusedError):
        service.edit_evidence(by=somebody, plan=plan, pk=row.pk, version=1, values={"title": "Mine"})
    for move in (service.remove_evidence, service.put_back_evidence, service.erase_evidence):
        with pytest.raises(RefusedError):
            move(by=somebody, plan=plan, pk=row.pk)
    row.refresh_from_db()
    assert (row.title, row.removed_at) == ("Seen", None)


def test_new_words_are_saved_once_and_an_older_version_meets_both_texts(add, cast, plan):
    row = add(note="Two thirds spoke.")
    key = {"by": cast.participant, "plan": plan, "pk": row.pk}
    first = service.edit_evidence(**key, version=1, values={"note": "All spoke.", "title": "Seen"})
    assert isinstance(first, Saved)
    assert first.version == 2
    second = service.edit_evidence(**key, version=1, values={"note": "Nobody spoke."})
    assert second == Conflict(version=2, current={"note": "All spoke."})
    again = service.edit_evidence(**key, version=1, values={"note": "All spoke."})
    assert isinstance(again, Saved)
    assert Revision.objects.filter(plan=plan, part="evidence").count() == 2


def test_a_save_between_reading_and_writing_is_not_overwritten(add, cast, plan):
    row = add()
    stale = Evidence.objects.select_related("plan__program_year__cohort__district").get(pk=row.pk)
    Evidence.objects.filter(pk=row.pk).update(version=2, title="Newer")
    with mock.patch.object(service, "_locked", return_value=stale):
        answer = service.edit_evidence(
            by=cast.participant, plan=plan, pk=row.pk, version=1, values={"title": "Older"}
        )
    assert answer == Conflict(version=2, current={"title": "Newer"})


def test_a_link_is_only_changed_where_there_is_one(add, cast, plan):
    row = add()
    key = {"by": cast.participant, "plan": plan, "pk": row.pk, "version": 1}
    service.edit_evidence(**key, values={"link": "https://example.ca/", "happened_on": OPENS})
    row.refresh_from_db()
    assert (row.link, row.version) == ("", 1)
    with pytest.raises(FieldRefusedError):
        service.edit_evidence(**key, values={"happened_on": datetime.date(2020, 1, 1)})


def test_what_was_taken_out_comes_back_with_its_file(add, cast, plan):
    row = add(kind="file", file=pdf())
    key = {"by": cast.participant, "plan": plan, "pk": row.pk}
    service.remove_evidence(**key)
    service.remove_evidence(**key)
    assert not Evidence.objects.exists()
    with pytest.raises(RefusedError):
        service.edit_evidence(**key, version=1, values={"title": "x"})
    service.put_back_evidence(**key)
    service.put_back_evidence(**key)
    assert Evidence.objects.get() == row
    assert stored(row)
    kinds = Revision.objects.filter(plan=plan, part="evidence").values_list("kind", flat=True)
    assert list(kinds) == ["added", "removed", "added"]


def test_the_record_shows_evidence_as_it_was(add, cast, plan):
    row = add(note="First words.")
    plan.refresh_from_db()
    at_first = plan.last_revision
    key = {"by": cast.participant, "plan": plan, "pk": row.pk}
    service.edit_evidence(**key, version=1, values={"note": "Other words."})
    service.remove_evidence(**key)
    assert ("evidence", row.pk) not in state_now(plan)
    assert state_at(plan, at_first)["evidence", row.pk]["note"] == "First words."


def test_a_file_goes_after_the_commit_and_not_before(add, cast, plan, django_capture_on_commit_callbacks):
    row = add(kind="file", file=pdf())
    with django_capture_on_commit_callbacks(execute=True):
        service.erase_evidence(by=cast.participant, plan=plan, pk=row.pk)
        assert stored(row)
    assert not stored(row)
    assert not Evidence.with_removed.exists()
    with pytest.raises(RefusedError):
        service.put_back_evidence(by=cast.participant, plan=plan, pk=row.pk)


def test_what_was_taken_out_a_month_ago_is_erased(add, cast, plan, django_capture_on_commit_callbacks):
    old, young, kept = (add(kind="file", file=pdf()) for _ in range(3))
    for row in (old, young):
        service.remove_evidence(by=cast.participant, plan=plan, pk=row.pk)
    now = timezone.now() + keeping.KEEP_REMOVED
    Evidence.with_removed.filter(pk=young.pk).update(removed_at=now - datetime.timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.forget_removed(now=now + datetime.timedelta(seconds=1)) == 1
    assert [stored(row) for row in (old, young, kept)] == [False, True, True]
    assert set(Evidence.with_removed.all()) == {young, kept}


def test_only_old_files_without_a_row_are_swept(add):
    kept, orphan = add(kind="file", file=pdf()), add(kind="file", file=pdf())
    orphan.delete()
    storage = kept.file.storage
    foreign = storage.save("readme/notes.txt", pdf())
    assert keeping.sweep_orphans(now=timezone.now()) == 0
    later = timezone.now() + keeping.ORPHAN_AGE + datetime.timedelta(minutes=1)
    keeping.sweep_orphans(now=later)
    assert (stored(kept), stored(orphan), storage.exists(foreign)) == (True, False, True)


class Bucket(InMemoryStorage):
    """As a bucket has it: a folder is the beginning of a name, and no thing that exists."""

    def exists(self, name: str) -> bool:
        return super().exists(name) and not self._resolve(name).__class__.__name__.endswith("DirNode")


def test_the_sweep_works_in_a_bucket_too(db, monkeypatch):
    """Seen once against an S3 server: asking whether the folders exist had swept nothing at all."""
    bucket = Bucket()
    names = [bucket.save(name, ContentFile(b"x")) for name in ("ab/one", "documents/cd/two", "readme.txt")]
    assert not bucket.exists("documents")
    monkeypatch.setattr(keeping, "evidence_storage", lambda: bucket)
    later = timezone.now() + keeping.ORPHAN_AGE + datetime.timedelta(minutes=1)
    assert keeping.sweep_orphans(now=later) == 2
    assert [bucket.exists(name) for name in names] == [False, False, True]
