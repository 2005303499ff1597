"""What the printed report adds to the content: numbers, heads, tags."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace

import pytest

from surveys.report import paper
from surveys.report.content import Method, Report, Section, Table, Words
from surveys.report.word_file import make_docx
from surveys.services import reports
from tests.surveys.answered import answered_survey, waves

TABLE = Table(
    "t",
    "Both times.",
    (("Statement", False), ("n", True), ("p", True), ("n", True)),
    (("One",), ("1. A", "3", "0.1", "4"), ("1. A", "5", "0.2", "6"), ("2. B", "7", "0.3", "8")),
    ("A note.",),
    (("", 1), ("kept", 2), ("", 1)),
)


def test_rows_under_one_heading_have_it_once() -> None:
    lines = TABLE.lines
    assert [(line["heading"], line["group"], line["span"], line["last"]) for line in lines] == [
        ("One", True, 1, True),
        ("1. A", False, 2, False),
        ("1. A", False, 0, True),
        ("2. B", False, 1, True),
    ]
    assert TABLE.crowded is False
    assert replace(TABLE, columns=(("Neither agree nor disagree", True), *TABLE.columns[1:])).crowded
    assert TABLE.labels == ["Statement", "kept: n", "kept: p", "n"]


def test_a_method_is_told_once() -> None:
    first, second = ("z", "how"), ("p", "how too")
    sections = (
        Section("a", "A", (Words("x"), Method((first,)))),
        Section("b", "B", (Method((first, second)), TABLE)),
        Section("c", "C", (Method((second,)),)),
    )
    report = Report("R", (), sections)
    assert paper.methods(report) == [("A", Method((first,))), ("B", Method((second,)))]
    assert paper.labels(report) == {"t": "Table 1"}


def test_word_has_a_repeated_head_and_one_cell_for_one_heading() -> None:
    report = Report("R", (("Cohort", "C"),), (Section("a", "A", (Words("x", "caution"), TABLE)),))
    with zipfile.ZipFile(io.BytesIO(make_docx(report, {}, "a4"))) as archive:
        text = archive.read("word/document.xml").decode()
        foot = archive.read("word/footer1.xml").decode()
    assert text.count("<w:tblHeader/>") == 1
    assert text.count("<w:cantSplit/>") == 5
    assert text.count("1. A") == 1
    assert text.count('<w:vMerge w:val="restart"/>') == 1
    assert "Table 1. " in text
    assert 'w:instr="PAGE"' in foot


@pytest.mark.django_db
def test_the_pdf_is_tagged_and_every_picture_has_words(cast) -> None:
    survey = answered_survey(cast, both=24)
    found = reports.findings(*waves(survey))
    data = reports.file_of(*waves(survey), "pdf")
    everything = data
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            everything += zlib.decompress(packed)
        except zlib.error:
            continue
    pictures = len(found.report.pictures())
    assert pictures >= 4
    assert len(re.findall(rb"/S /Figure", everything)) == pictures
    assert len(re.findall(rb"/Alt ", everything)) == pictures
    for mark in (b"pdfuaid", b"/MarkInfo", b"/Lang", b"/Outlines", b"/RowSpan 2"):
        assert mark in everything, mark
