"""What good files say, whatever program wrote them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.roster import Choices, Notice, RosterRefusedError, Row, Table, make_plan, read_table
from tests.cohorts.roster.files import SCHOOLS, TODAY, csv_file, workbook, zipped

ANA = ("ana.roy@example.ca", "Roy, Ana", "Prairie School", "Principal", "E1", "S1", "2026-08-31", "")
TABLE = Table(
    headings=("E-mail", "Name", "School", "Role", "Employee number", "Source id", "Start date", "Supervisor"),
    rows=(Row(2, ANA),),
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_separators_and_letters(separator, encoding):
    text = csv_file(ANA, separator=separator).decode()
    assert read_table(text.encode(encoding), today=TODAY) == TABLE


def test_windows_letters_are_read_and_mentioned():
    table = read_table("E-mail;Name\r\nx@example.ca;José Élan\r\n".encode("cp1252"), today=TODAY)
    assert table.rows == (Row(2, ("x@example.ca", "José Élan")),)
    assert table.notices == (Notice("windows_letters"),)


def test_blank_rows_count_in_the_row_number_and_a_title_above_is_left_out():
    data = b"Staff list of 1 May\r\n\r\nE-mail,Name\r\n\r\na@example.ca,Ana Roy\r\n"
    table = read_table(data, today=TODAY)
    assert (table.headings, table.rows) == (("E-mail", "Name"), (Row(5, ("a@example.ca", "Ana Roy")),))
    assert table.notices == (Notice("heading_row", {"line": 3}),)


@pytest.mark.parametrize("first", [b"sep=;\r\n", b"SEP=;\n"])
def test_a_declared_separator_is_honored(first):
    table = read_table(first + b"E-mail;Name, first last\r\na@example.ca;Ana\r\n", today=TODAY)
    assert table.headings == ("E-mail", "Name, first last")
    assert table.rows == (Row(3, ("a@example.ca", "Ana")),)


def test_invisible_characters_and_line_breaks_inside_cells_go():
    data = 'E-mail,Name\n\u200ba@example.ca\u00a0,"Ana\n  Roy"\n'.encode()
    assert read_table(data, today=TODAY).rows == (Row(2, ("a@example.ca", "Ana Roy")),)


def test_a_workbook_with_dates_numbers_formulas_and_a_second_sheet():
    rows = [
        ["E-mail", "Name", "School", "Leads since", "Also teaches", "Start date"],
        ["a@example.ca", "Ana Roy", 10, 2014.0, True, datetime.date(2026, 8, 31)],
        ["b@example.ca", "Ben Li", 10, None, False, datetime.datetime(2026, 8, 31, 9)],  # noqa: DTZ001
        ["c@example.ca", '=CONCAT("C","R")', 10, None, None, None],
    ]
    table = read_table(workbook(rows, [["explanations"]]), today=TODAY)
    assert table.rows == (
        Row(2, ("a@example.ca", "Ana Roy", "10", "2014", "yes", "2026-08-31")),
        Row(3, ("b@example.ca", "Ben Li", "10", "", "no", "2026-08-31")),
        Row(4, ("c@example.ca", '=CONCAT("C","R")', "10", "", "", "")),
    )
    assert table.notices == (Notice("other_sheets", {"sheet": "Sheet 1", "count": 1}),)


def test_a_table_survives_being_kept_as_json():
    import json

    data = b"E-mail,Name\xe9\r\na@example.ca,Ana Roy,extra\r\n"
    table = read_table(data, today=TODAY)
    assert Table.from_plain(json.loads(json.dumps(table.as_plain()))) == table


HEADER = "E-mail,Name,School,Role,Supervisor,Start date\n"


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: (HEADER + text).encode()),
        st.binary(max_size=200).map(lambda data: HEADER.encode() + data),
        st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data),
        st.text(max_size=100).map(lambda text: zipped({"users.csv": text, "orgs.csv": text})),
        st.binary(max_size=200).map(lambda data: zipped({"xl/workbook.xml": data})),
    )
)
def test_any_bytes_give_a_plan_or_a_sentence(data):
    try:
        table = read_table(data, today=TODAY)
    except RosterRefusedError as refusal:
        assert refusal.sentence()
        return
    plan = make_plan(table, Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert all(problem.sentence() for problem in plan.problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_gives_a_plan_or_a_sentence(place, noise):
    place %= len(WORKBOOK)
    damaged = WORKBOOK[:place] + noise + WORKBOOK[place + len(noise) :]
    try:
        read_table(damaged, today=TODAY)
    except RosterRefusedError as refusal:
        assert refusal.sentence()


WORKBOOK = workbook([["E-mail", "Name"], ["a@example.ca", "Ana Roy"]])


def test_a_tab_may_be_declared_as_separator():
    table = read_table(b"sep=\t\r\nE-mail\tName\r\na@example.ca\tAna\r\n", today=TODAY)
    assert table.rows == (Row(3, ("a@example.ca", "Ana")),)


def test_what_a_zip_entry_holds_is_counted_while_it_is_read():
    import zipfile

    from cohorts.roster.archive import open_archive, unpacked

    archive = open_archive(zipped({"users.csv": "x" * 100}))
    entry: zipfile.ZipInfo = archive.infolist()[0]
    assert unpacked(archive, entry, room=100) == b"x" * 100
    with pytest.raises(RosterRefusedError) as refusal:
        unpacked(archive, entry, room=99)
    assert refusal.value.kind == "zip_bomb"


def test_hours_errors_and_odd_formulas_in_a_workbook():
    from openpyxl.worksheet.formula import ArrayFormula

    rows = [
        ["E-mail", "Name", "Role title", "Employee number"],
        ["a@example.ca", "Ana Roy", datetime.time(8, 30), 12.5],
        ["b@example.ca", ArrayFormula("B3", "=A1"), "#N/A", datetime.timedelta(hours=30)],
    ]
    table = read_table(workbook(rows), today=TODAY)
    assert table.rows[0].cells == ("a@example.ca", "Ana Roy", "08:30:00", "12.5")
    plan = make_plan(table, Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert [(problem.line, problem.kind) for problem in plan.problems] == [(3, "formula"), (3, "cell_error")]


def test_a_workbook_whose_sheets_are_all_hidden_is_empty():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook([["E-mail"]], [["x"]])))
    book.active = 1
    book["Sheet 1"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(RosterRefusedError) as refusal:
        read_table(out.getvalue(), today=TODAY)
    assert refusal.value.kind == "no_rows"  # the visible sheet is read, and it has headings alone


def test_rows_that_are_hidden_or_far_down_count():
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["E-mail", "Name"])
    sheet.cell(row=500, column=1, value="a@example.ca")
    sheet.cell(row=500, column=2, value="Ana Roy")
    sheet.row_dimensions[500].hidden = True
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), today=TODAY).rows == (Row(500, ("a@example.ca", "Ana Roy")),)


def edited(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something changed that no library would write."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(entry, content)
    return out.getvalue()


def test_whole_numbers_lose_their_point():
    book = workbook([["E-mail", "Name", "Leads since"], ["a@example.ca", "Ana Roy", 2014]])
    book = edited(book, "xl/worksheets/sheet1.xml", b"<v>2014</v>", b"<v>2014.0</v>")
    assert read_table(book, today=TODAY).rows == (Row(2, ("a@example.ca", "Ana Roy", "2014")),)


def test_a_workbook_without_a_visible_sheet_is_empty():
    book = workbook([["E-mail"], ["a@example.ca"]])
    book = edited(book, "xl/workbook.xml", b'state="visible"', b'state="hidden"')
    with pytest.raises(RosterRefusedError) as refusal:
        read_table(book, today=TODAY)
    assert refusal.value.kind == "workbook_empty"


@pytest.mark.parametrize("row", [b"1048577", b"999999999999"])
def test_a_row_number_beyond_the_format_is_not_counted_up_to(row):
    book = workbook([["E-mail", "Name"], ["a@example.ca", "Ana Roy"]])
    book = edited(book, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="' + row + b'"')
    with pytest.raises(RosterRefusedError) as refusal:
        read_table(book, today=TODAY)
    assert refusal.value.kind == "no_rows"
