"""Printed plans: ordered by a reader, made under a lease, fetched by nobody else, gone in a day."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
import zlib
from decimal import Decimal
from pathlib import Path
from unittest import mock

import docx
import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from cohorts.services.errors import RefusedError
from growthplans import tasks
from growthplans.documents import pdf
from growthplans.models import DocumentRequest, GrowthPlan, Reflection
from growthplans.services import documents as service
from leaderdev.common.documents import making
from leaderdev.common.documents.pdf import OURS, ForbiddenAddressError, own_file
from tests.cast import OPENS, make_plan

pytestmark = pytest.mark.django_db
State = DocumentRequest.State
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def order(cast):
    def with_values(by=None, **values):
        usual = {"plan": make_plan(cast), "format": "docx", "paper": "letter"}
        return service.request_document(by=by or cast.participant, **{**usual, **values})

    return with_values


def made(order: DocumentRequest) -> bytes:
    assert service.make_document(pk=order.pk) is True
    order.refresh_from_db()
    with order.file.open() as file:
        data = file.read()
    assert (order.state, order.size, order.lease_until) == (State.READY, len(data), None)
    return data


def words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def words_of_pdf(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def structure_of_pdf(data: bytes) -> bytes:
    """The objects of a PDF with the packed ones unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    found = [data]
    for each in streams:
        try:
            found.append(zlib.decompress(each))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.needs_poppler
@pytest.mark.parametrize(("paper", "size"), [("letter", "612 x 792"), ("a4", "595.276 x 841.89")])
def test_a_pdf_holds_the_plan_and_is_tagged(order, cast, paper, size):
    post = cast.members["participant"].leader.current_post
    data = made(order(format="pdf", paper=paper))
    text = words_of_pdf(data)
    for words in (
        "Growth plan 2026–27",
        "Participant Person",
        post.school.name,
        "1 Competency 1",
        "Indicator 1.1",
        "SECRET why",
        "SECRET goal 1: listen more.",
        "People speak first.",
        "SECRET step 2",
        "SECRET evidence 1",
        "Participant Person, author",
        "Signature",
    ):
        assert words in text
    assert "SECRET thought" not in text
    assert "SECRET comment" not in text
    structure = structure_of_pdf(data)
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang", b"pdfuaid", b"/TH", b"/H1", b"/H3"):
        assert mark in structure, mark
    info = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert size in info
    assert re.search(r"Tagged: +yes", info)


def test_a_word_document_holds_the_plan_with_real_headings(order):
    data = made(order(paper="a4"))
    document = docx.Document(io.BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        "Growth plan 2026–27",
        "What the competency asks for",
        "Why this focus",
        "Goals and action steps",
        "Goal 1",
        "Goal 2",
        "Evidence",
        "Acknowledgement",
    ]
    assert "SECRET step 1" in words_of_docx(data)
    assert round(document.sections[0].page_width.mm) == 210
    assert document.core_properties.author == "Participant Person"


def test_reflections_are_in_it_only_when_ticked(order, cast):
    plan = make_plan(cast)
    private = plan.reflections.get(released_at=None)
    released = plan.reflections.exclude(released_at=None).get()
    assert "SECRET thought" not in words_of_docx(made(order()))
    both = words_of_docx(made(order(reflections=[private.pk, released.pk])))
    assert "SECRET thought, beginning" in both
    assert "SECRET thought, free" in both


def test_a_mate_prints_what_a_mate_may_read(order, cast):
    keys = list(make_plan(cast).reflections.values_list("pk", flat=True))
    text = words_of_docx(made(order(by=cast.mate, reflections=keys)))
    assert "SECRET goal 1" in text
    assert "SECRET thought, free" in text
    assert "SECRET thought, beginning" not in text


def test_a_release_taken_back_while_it_waits_counts(order, cast):
    released = make_plan(cast).reflections.exclude(released_at=None).get()
    waiting = order(by=cast.mate, reflections=[released.pk])
    Reflection.objects.filter(pk=released.pk).update(released_at=None)
    assert "SECRET thought" not in words_of_docx(made(waiting))


@pytest.mark.parametrize("person", ["bystander", "lead", "facilitator", "manager", "operator", "stranger"])
def test_who_may_not_read_the_plan_orders_nothing(order, cast, person):
    with pytest.raises(RefusedError):
        order(by=getattr(cast, person))


def test_a_draft_is_the_authors_alone(order, cast):
    plan = make_plan(cast)
    waiting = order(by=cast.mate)
    GrowthPlan.objects.filter(pk=plan.pk).update(state="draft")
    with pytest.raises(RefusedError):
        order(by=cast.mate)
    assert service.make_document(pk=waiting.pk) is False
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file.name) == (State.FAILED, "")
    made(order())


def test_the_same_order_twice_is_one_and_many_are_refused(order):
    first = order()
    assert order() == first
    for paper, format in (("a4", "docx"), ("letter", "pdf"), ("a4", "pdf")):
        order(paper=paper, format=format)
    DocumentRequest.objects.create(
        plan=first.plan, by=first.by, format="pdf", paper="a4", reflections=[1], expires_at=first.expires_at
    )
    with pytest.raises(RefusedError, match="being made already"):
        order(reflections=[first.plan.reflections.first().pk])


def test_the_worker_is_woken_after_the_commit(order, django_capture_on_commit_callbacks):
    with mock.patch.object(making.current_app, "send_task") as send:
        with django_capture_on_commit_callbacks(execute=True):
            waiting = order()
            send.assert_not_called()
        send.assert_called_once_with("growthplans.tasks.make_document", [str(waiting.pk)])


def test_without_a_broker_the_sweep_makes_it(order, django_capture_on_commit_callbacks):
    error = mock.patch.object(making.current_app, "send_task", side_effect=OperationalError)
    with error, django_capture_on_commit_callbacks(execute=True):
        waiting = order()
    assert service.make_due(now=timezone.now()) == 1
    waiting.refresh_from_db()
    assert waiting.state == State.READY
    assert service.make_document(pk=waiting.pk) is False


def test_a_document_in_hand_is_left_alone_until_its_lease_ends(order):
    waiting = order()
    now = timezone.now()
    # A worker took it and was killed.
    assert making.claim(service.DESK, waiting.pk, now) is not None
    assert service.make_due(now=now) == 0
    assert service.make_due(now=now + making.LEASE) == 1


def test_a_worker_that_comes_back_too_late_leaves_no_second_file(order):
    waiting = order()
    real = service._rendered

    def slow(mine):
        with mock.patch.object(service, "_rendered", real):
            assert service.make_document(pk=mine.pk, now=timezone.now() + making.LEASE) is True
        return real(mine)

    with mock.patch.object(service, "_rendered", slow):
        assert service.make_document(pk=waiting.pk) is False
    waiting.refresh_from_db()
    folder = waiting.file.storage.path("documents")
    names = [p.name for p in Path(folder).rglob("*") if p.is_file() and p.name in waiting.file.name]
    assert len(names) == 1


def test_a_document_that_cannot_be_made_fails_after_a_few_tries(order, caplog):
    waiting = order()
    broken = {"docx": mock.Mock(side_effect=ValueError("SECRET words"))}
    with mock.patch.object(service, "MAKERS", broken):
        for _ in range(making.MOST_ATTEMPTS):
            assert service.make_document(pk=waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED
    assert "SECRET" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_document_that_kills_its_worker_is_given_up(order):
    waiting = order()
    DocumentRequest.objects.filter(pk=waiting.pk).update(attempts=making.MOST_ATTEMPTS)
    assert service.make_document(pk=waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED


def test_a_day_later_row_and_file_are_gone(order):
    ready, waiting = order(), order(paper="a4")
    made(ready)
    storage, name = ready.file.storage, ready.file.name
    day = making.KEPT - datetime.timedelta(minutes=1)
    assert service.forget_expired(now=timezone.now() + day) == 0
    later = timezone.now() + making.KEPT
    assert service.make_document(pk=waiting.pk, now=later) is False
    assert service.forget_expired(now=later) == 2
    assert not storage.exists(name)
    assert not DocumentRequest.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.ca/style.css",
        "file:///etc/passwd",
        "https://static.invalid/../leaderdev/settings.py",
        "https://static.invalid/css/%2e%2e/%2e%2e/manage.py",
        "https://static.invalid/js/site.js",
        "https://static.invalid/vendor/source-sans-3/LICENSE",
        "https://static.invalid.example.ca/css/plan_document.css",
        "data:text/css,body{}",
    ],
)
def test_the_renderer_fetches_nothing_but_our_styles_and_fonts(address):
    with pytest.raises(ForbiddenAddressError):
        own_file(address, pdf.STYLES)


def test_the_renderer_finds_our_styles():
    assert own_file(OURS + pdf.STYLES[0], pdf.STYLES) == ROOT / "static" / pdf.STYLES[0]


@pytest.mark.needs_poppler
def test_words_of_any_script_and_control_signs_are_printed_as_text(order, cast):
    plan = make_plan(cast)
    goal = plan.goals.first()
    goal.statement = "<script>alert(1)</script> \x0b\x1f\ufffe e\u0301 نص 👩‍🏫\r\n" + "w" * 20_000
    goal.save()
    assert "<script>alert(1)</script>" in words_of_docx(made(order()))
    assert "<script>alert(1)</script>" in words_of_pdf(made(order(format="pdf")))


def test_pages_do_not_carry_the_weight_of_the_renderers():
    """A process that has every page and task at hand has imported neither WeasyPrint nor python-docx."""
    code = (
        "import django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import leaderdev.wsgi, growthplans.tasks, sys\n"
        "from django.test import Client; assert Client().get('/healthz').status_code == 200\n"
        "print(sorted({'weasyprint', 'docx', 'fontTools', 'pydyf'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_part_of_a_full_plan_is_on_paper(order, cast):
    plan = make_plan(cast)
    GrowthPlan.objects.filter(pk=plan.pk).update(
        state="year_end", outcome="Much.\n\nMore.", implications="Go on.", completed=True, competency=None
    )
    plan.goals.first().indicators.set(cast.standard.nodes.indicators()[:1])
    step = plan.goals.first().steps.first()
    step.money, step.release_days, step.due_on = Decimal("1250.00"), Decimal("2.5"), OPENS
    step.status, step.reason, step.material = "delayed", "A flood", "Paper"
    step.save()
    row = plan.evidence.first()
    row.goal, row.indicator = None, cast.standard.nodes.indicators().last()
    row.save()
    text = words_of_docx(made(order()))
    for words in (
        "Completed",
        "Go on.",
        "delayed: A flood",
        "Paper, $1,250, 2.5 release days",
        "Tuesday 1 September 2026",
        row.indicator.coded_label,
        "Indicator 1.1",
    ):
        assert words in text
    GrowthPlan.objects.filter(pk=plan.pk).update(completed=False)
    assert "Not completed" in words_of_docx(made(order(paper="a4")))


def test_an_empty_plan_is_on_paper_too(order, cast):
    plan = make_plan(cast)
    plan.goals.all().delete()
    plan.evidence.all().delete()
    text = words_of_docx(made(order()))
    assert "No goals are written yet." in text
    assert "No evidence is attached yet." in text


def test_the_tasks_open_the_doors(order):
    waiting = order()
    assert tasks.make_document(str(waiting.pk)) is True
    order(paper="a4")
    assert tasks.sweep_documents() == 1
    assert tasks.tidy_files() == 0
