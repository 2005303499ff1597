"""Responses in and out: import_responses, wide and long, SPSS, codebook."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from leaderdev.common.refusals import RefusedError
from surveys.export import exportable, table_of
from surveys.interchange import data_files
from surveys.models import PREFER_NOT, SKIPPED, Response
from surveys.pairs import paired
from tests.surveys.samples import NOW, make_wave, statements

pytestmark = pytest.mark.django_db
WIDE = "participant,q1,q02,3,4,why,shoe size\n" + "".join(
    f"P{n:02},{1 + n % 4},2,3,,=1+1 said P{n},9\n" for n in range(1, 9)
)


def imported(tmp_path, survey, wave, text, *flags) -> str:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    told = io.StringIO()
    call_command(
        "import_responses", str(path), "--survey", survey.slug, "--wave", wave.slug, *flags, stdout=told
    )
    return told.getvalue()


def test_a_wide_file_is_read_whole(tmp_path, survey, wave):
    told = imported(tmp_path, survey, wave, WIDE, "--consent")
    assert "8 responses were stored." in told
    assert "shoe size" in told
    row = Response.objects.first()
    keys = [str(item.pk) for item in statements(wave)]
    assert [row.answers[key] for key in keys[1:]] == [2, 3, SKIPPED]
    assert all(row.imported and row.consent_analysis and row.words for row in Response.objects.all())


def test_pre_and_post_of_one_code_make_a_pair_in_long_form(tmp_path, cast, survey, wave):
    post = make_wave(cast, survey, "post")
    imported(tmp_path, survey, wave, WIDE, "--consent")
    long = "participant,item,value\n" + "".join(f"P{n:02},{i},4\n" for n in range(5, 11) for i in range(1, 5))
    told = imported(tmp_path, survey, post, long, "--consent")
    assert "6 responses were stored." in told
    assert paired(wave, post).pre.n == 4


def test_problems_are_told_by_row_and_nothing_is_stored(tmp_path, survey, wave):
    bad = "participant,1,2,3,4\nA,1,2,9,4\n,1,1,1,1\nB,often,1,1,1\n"
    with pytest.raises(CommandError, match="Nothing was stored"):
        imported(tmp_path, survey, wave, bad)
    assert Response.objects.count() == 0
    for text in ("x,y\n1,2\n", "participant,shoe\nA,4\n", "participant,item,value\nA,99,1\n", ""):
        with pytest.raises(CommandError):
            imported(tmp_path, survey, wave, text)


def test_duplicates_keep_the_first_complete_response(tmp_path, survey, wave):
    text = "participant,1,2,3,4\nA,1,,1,1\nB,1,1,1,1\nA,2,2,2,2\nB,3,3,3,3\nC,1,,,\nC,2,,,\n"
    told = imported(tmp_path, survey, wave, text)
    assert told.count("Left out.") == 3
    first = str(statements(wave)[0].pk)
    assert sorted(row.answers[first] for row in Response.objects.all()) == [1, 1, 2]
    again = imported(tmp_path, survey, wave, text)
    assert "0 responses were stored." in again


def test_a_preview_stores_nothing_and_a_wrong_name_is_said(tmp_path, survey, wave):
    assert "preview" in imported(tmp_path, survey, wave, WIDE, "--preview")
    assert Response.objects.count() == 0
    with pytest.raises(CommandError, match="no such wave"):
        call_command("import_responses", "x.csv", "--survey", survey.slug, "--wave", "never")
    with pytest.raises(CommandError, match="no such file"):
        call_command("import_responses", "x.csv", "--survey", survey.slug, "--wave", wave.slug)


@pytest.fixture
def table(tmp_path, cast, survey, wave):
    post = make_wave(cast, survey, "post")
    imported(tmp_path, survey, wave, WIDE.replace(",2,3,,", ",-1,3,,"), "--consent")
    imported(tmp_path, survey, post, WIDE, "--consent")
    Response.objects.update(consent_quotes=True)
    survey.waves.update(closed=True)
    return table_of(survey, exportable(survey, NOW), with_words=True)


def test_wide_and_long_say_the_same(table):
    wide = list(csv.DictReader(io.StringIO(data_files.wide_csv(table))))
    long = list(csv.DictReader(io.StringIO(data_files.long_csv(table))))
    assert len(wide) == 8
    assert {row["q02_pre"] for row in wide} == {str(PREFER_NOT)}
    assert {row["q04_pre"] for row in wide} == {str(SKIPPED)}
    for row in long:
        at = next(line for line in wide if line["pid"] == row["participant"])
        name = f"q{int(row['item']):02}" if row["item"].isdecimal() else row["item"]
        assert at[f"{name}_{row['wave']}"] == row["value"]


def test_no_cell_is_a_formula(table):
    cells = [cell for row in csv.reader(io.StringIO(data_files.wide_csv(table))) for cell in row]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_sav_file_read_back_equals_the_data_labels_included(table, tmp_path):
    import pyreadstat

    path = tmp_path / "data.sav"
    data_files.write_sav(table, str(path))
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    for place, column in enumerate(table.columns):
        read = frame[column.name].tolist()
        for given, got in zip([row[place] for row in table.rows], read, strict=True):
            assert (given or "") == got if column.is_text else (got != got) if given is None else given == got
        assert meta.column_names_to_labels[column.name] == column.label
        if column.item and not column.is_text:
            told = {
                float(value): label for value, label in (*column.levels, *data_files.MISSING_LABELS.items())
            }
            assert meta.variable_value_labels[column.name] == told
            assert meta.missing_ranges[column.name] == [{"lo": -2.0, "hi": -1.0}]
            assert meta.variable_measure[column.name] == "ordinal"


def test_syntax_and_codebook_name_every_statement(table):
    syntax = data_files.syntax(table, "pre", "post", "data.sav")
    assert (
        "/WILCOXON=q01_pre q02_pre q03_pre q04_pre WITH q01_post q02_post q03_post q04_post (PAIRED)"
        in syntax
    )
    assert "RELIABILITY /VARIABLES=q01_post" in syntax
    book = data_files.codebook_html(table)
    assert all(column.name in book for column in table.columns)
    assert len(data_files.codebook_csv(table).splitlines()) == len(table.columns) + 1
    assert data_files.workbook(table)[:2] == b"PK"


def test_too_few_responses_are_not_handed_out(tmp_path, survey, wave):
    imported(tmp_path, survey, wave, "participant,1\nA,1\nB,2\n", "--consent")
    survey.waves.update(closed=True)
    with pytest.raises(RefusedError, match="fewer than 5"):
        table_of(survey, exportable(survey, NOW))


def test_an_open_wave_is_not_handed_out(survey, wave):
    assert exportable(survey, NOW) == []
