"""Every way we know in which a roster goes wrong, and the sentence each one gets."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from cohorts.roster import Choices, KnownPerson, RosterRefusedError, make_plan, read_table
from cohorts.roster.problems import FILE_SENTENCES
from tests.cohorts.roster.files import (
    HEADINGS,
    SCHOOLS,
    TODAY,
    csv_file,
    manifest,
    oneroster_1p1,
    user_1p1,
    workbook,
    zipped,
)

GOOD = {
    "E-mail": "ana.roy@example.ca",
    "Name": "Ana Roy",
    "School": "0010",
    "Role": "principal",
    "Employee number": "E1",
    "Source id": "S1",
    "Start date": "2026-08-31",
    "Supervisor": "",
}
BEN = {**GOOD, "E-mail": "ben.li@example.ca", "Name": "Ben Li", "Employee number": "E2", "Source id": "S2"}
ROLL = (
    KnownPerson(1, "cleo.ray@example.ca", "Cleo Ray", employee_number="K1", source_id="X1"),
    KnownPerson(2, "dan.oh@example.ca", "Dan Oh", employee_number="K2"),
)


def problems(*rows: dict[str, str], choices: Choices | None = None) -> list[str]:
    table = read_table(csv_file(*[[row[h] for h in HEADINGS] for row in rows]), today=TODAY)
    plan = make_plan(table, choices or Choices(), schools=SCHOOLS, people=ROLL, today=TODAY)
    return [str(problem) for problem in plan.problems]


ONE_CELL = [
    ("E-mail", "", "The e-mail address is missing. Each person needs one to sign in."),
    ("E-mail", "ana.roy", "“ana.roy” is not an e-mail address, such as ana.roy@example.ca."),
    ("E-mail", "ana@roy", "“ana@roy” is not an e-mail address, such as ana.roy@example.ca."),
    ("E-mail", "a b@example.ca", "“a b@example.ca” is not an e-mail address, such as ana.roy@example.ca."),
    (
        "E-mail",
        "Ana <ana@example.ca>",
        "“Ana <ana@example.ca>” is not an e-mail address, such as ana.roy@example.ca.",
    ),
    (
        "E-mail",
        "ana@example.ca;ana@x.ca",
        "“ana@example.ca;ana@x.ca” is not an e-mail address, such as ana.roy@example.ca.",
    ),
    (
        "E-mail",
        "=A1",
        "This cell holds a formula. Paste it as a value, so that the list says what it means.",
    ),
    (
        "E-mail",
        f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.ca",
        "This is longer than the 254 characters there is room for.",
    ),
    ("Name", "", "The name is missing."),
    ("Name", "A" * 151, "This is longer than the 150 characters there is room for."),
    ("Name", "#REF!", "This cell shows the spreadsheet error #REF!. Mend it in the spreadsheet."),
    (
        "School",
        "Prarie Scool",
        "There is no school “Prarie Scool” in your district. Did you mean “Prairie School”?",
    ),
    (
        "School",
        "9999",
        "There is no school “9999” in your district. Add it first, or correct it here.",
    ),
    ("School", "St. Anne", "Two of your schools are called “St. Anne”. Write the school's code instead."),
    (
        "School",
        "=VLOOKUP(1)",
        "This cell holds a formula. Paste it as a value, so that the list says what it means.",
    ),
    (
        "Role",
        "wizard",
        "“wizard” is not a kind of role. Use one of: superintendent, assistant superintendent, director, "
        "principal, assistant principal, consultant, other.",
    ),
    ("Employee number", "9" * 41, "This is longer than the 40 characters there is room for."),
    ("Source id", "s" * 101, "This is longer than the 100 characters there is room for."),
    ("Start date", "soon", "“soon” is not a date. Write it as 2026-08-31."),
    ("Start date", "2026-02-30", "“2026-02-30” is not a date. Write it as 2026-08-31."),
    ("Start date", "31/31/2026", "“31/31/2026” is not a date. Write it as 2026-08-31."),
    (
        "Start date",
        "03/04/2026",
        "“03/04/2026” can mean two different days. Choose the order of day and month, or write 2026-08-31.",
    ),
    ("Start date", "31/08/26", "“31/08/26” has a year of two digits. Write all four."),
    (
        "Start date",
        "1492-10-12",
        "1492-10-12 is out of range: a start date lies between 1950-01-01 and 2028-12-31.",
    ),
    (
        "Start date",
        "2062-08-31",
        "2062-08-31 is out of range: a start date lies between 1950-01-01 and 2028-12-31.",
    ),
    ("Supervisor", "the boss", "“the boss” is not an e-mail address. Name the supervisor by e-mail."),
    ("Supervisor", "who@example.ca", "who@example.ca is neither in this file nor on your roll."),
    ("Supervisor", "ana.roy@example.ca", "Nobody can be their own supervisor."),
]


@pytest.mark.parametrize(("column", "value", "sentence"), ONE_CELL)
def test_one_wrong_cell_is_named_by_row_column_and_sentence(column, value, sentence):
    assert problems({**GOOD, column: value}) == [f"Row 2, {column}: {sentence}"]


TWO_ROWS = [
    (
        {"E-mail": "ANA.ROY@example.ca"},
        "Row 3, E-mail: This e-mail also stands in row 2. Keep one row for each person.",
    ),
    ({"Employee number": "E1"}, "Row 3, Employee number: This employee number also stands in row 2."),
    ({"Source id": "S1"}, "Row 3, Source id: This source id also stands in row 2."),
    (
        {"E-mail": "cleo.ray@example.ca"},
        "Row 3, E-mail: This e-mail belongs to Cleo Ray, who has the source id X1 and not S2.",
    ),
    (
        {"E-mail": "dan.oh@example.ca"},
        "Row 3, E-mail: This e-mail belongs to Dan Oh, who has the employee number K2 and not E2.",
    ),
    (
        {"Employee number": "K1"},
        "Row 3, Employee number: This employee number belongs to Cleo Ray, "
        "who has the source id X1 and not S2.",
    ),
    (
        {"Source id": "X1", "E-mail": "dan.oh@example.ca"},
        "Row 3, E-mail: This e-mail belongs to Dan Oh, who is another person on your roll.",
    ),
    (
        {"Source id": "X1", "Employee number": "K2"},
        "Row 3, Employee number: This employee number belongs to Dan Oh, who is another person on your roll.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("second", "sentence"), TWO_ROWS)
def test_a_row_that_contradicts_another_or_the_roll(second, sentence):
    assert problems(GOOD, {**BEN, **second}) == [sentence]


def test_two_rows_that_mean_the_same_person():
    first = {**GOOD, "Source id": "X1"}
    second = {**BEN, "E-mail": "cleo.ray@example.ca", "Source id": "", "Employee number": "K1"}
    assert problems(first, second) == [
        "Row 3: This row and row 2 both mean Cleo Ray. Keep one row for each person."
    ]


def test_a_reporting_line_in_a_circle():
    ana = {**GOOD, "Supervisor": BEN["E-mail"]}
    ben = {**BEN, "Supervisor": GOOD["E-mail"]}
    assert problems(ana, ben) == [
        "Row 2, Supervisor: The reporting line goes in a circle: Ana Roy → Ben Li → Ana Roy."
    ]


def test_several_problems_are_all_told_at_once():
    assert problems({**GOOD, "E-mail": "", "Name": "", "Start date": "x"}) == [
        "Row 2, Name: The name is missing.",
        "Row 2, Start date: “x” is not a date. Write it as 2026-08-31.",
        "Row 2, E-mail: The e-mail address is missing. Each person needs one to sign in.",
    ]


def test_a_date_that_does_not_fit_the_chosen_order():
    assert problems({**GOOD, "Start date": "08/31/2026"}, choices=Choices(date_order="dmy")) == [
        "Row 2, Start date: “08/31/2026” does not fit the order of day and month that you chose."
    ]


@pytest.mark.parametrize(
    ("headings", "row", "sentence"),
    [
        (
            ("E-mail", "Given name", "Family name"),
            ("a@example.ca", "Ana", ""),
            "Row 2, Family name: Half of the name is missing: write both the given and the family name.",
        ),
        (
            ("E-mail", "Given name", "Family name"),
            ("a@example.ca", "", ""),
            "Row 2, Family name: The name is missing.",
        ),
        (
            ("E-mail", "Name", "School code", "School name"),
            ("a@example.ca", "Ana Roy", "0010", "École Élan"),
            "Row 2, School name: The code means “Prairie School” but the name means “École Élan”. "
            "Correct one of them.",
        ),
        (
            ("E-mail", "Name", "Also teaches"),
            ("a@example.ca", "Ana Roy", "sometimes"),
            "Row 2, Also teaches: “sometimes” is neither yes nor no.",
        ),
        (
            ("E-mail", "Name", "Leads since"),
            ("a@example.ca", "Ana Roy", "long ago"),
            "Row 2, Leads since: “long ago” is not a year, such as 2014.",
        ),
        (
            ("E-mail", "Name", "Leads since"),
            ("a@example.ca", "Ana Roy", "1871"),
            "Row 2, Leads since: 1871 is out of range: the year lies between 1950 and 2027.",
        ),
        (
            ("E-mail", "Name"),
            ("a@example.ca", "Roy", "Ana"),
            "Row 2: This row has more cells than there are headings. "
            "A value with a comma must stand in quotation marks.",
        ),
    ],
)
def test_other_columns(headings, row, sentence):
    table = read_table(csv_file(row, headings=headings), today=TODAY)
    plan = make_plan(table, Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert [str(problem) for problem in plan.problems] == [sentence]


def bomb() -> bytes:
    return zipped({"users.csv": b"0" * (101 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """A zip that declares ten bytes for a file of a hundred megabytes."""
    data = bytearray(bomb())
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 10)
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, 10)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(zipped({"users.csv": "x"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/users.csv", "x")
        archive.writestr("b/users.csv", "x")
    return out.getvalue()


def entity_workbook() -> bytes:
    out = io.BytesIO()
    plain = io.BytesIO(workbook([["E-mail"], ["a@example.ca"]]))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            target.writestr(entry, content)
    return out.getvalue()


# The large ones are made when their turn comes, not when the tests are listed.
WHOLE_FILES = [
    (b"", "empty"),
    (b" \r\n \r\n", "empty"),
    (b",,,\r\n,,,\r\n", "empty"),
    (b"E-mail,Name\r\n", "no_rows"),
    (lambda: b"x" * (20 * 1024 * 1024 + 1), "too_big"),
    (b"E-mail,Name\n" + b"a@example.ca,A B\n" * 50_001, "too_many_rows"),
    (b"x," * 201 + b"x\n1\n", "too_many_columns"),
    (b"E-mail,Name\na\0b,c\n", "nul"),
    ("E-mail\tName\na\0\tb\n".encode("utf-16"), "nul"),
    (b"E-mail,Name\n\x81\x8d,\x8f\n", "letters"),
    (b"\xff\xfeabc", "letters"),
    (b'E-mail,Name\na@b.ca,"Ana\n', "quotes"),
    (b'E-mail,Name\na@b.ca,"Ana" Roy\n', "quotes"),
    (b'E-mail,Name\na@b.ca,"' + b"x" * 140_000 + b'"\n', "long_cell"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old_excel"),
    (b"%PDF-1.7\n", "pdf"),
    (b"<html><table><tr><td>E-mail", "web_page"),
    (zipped({"content.xml": "x", "META-INF/manifest.xml": "x"}), "open_document"),
    (zipped({"Index/Document.iwa": "x"}), "numbers"),
    (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "workbook_damaged"),
    (entity_workbook(), "workbook_damaged"),
    (workbook([]), "workbook_empty"),
    (workbook([["x"] * 201, ["y"] * 201]), "too_many_columns"),
    (b"PK\x03\x04 not a zip at all", "zip_damaged"),
    (zipped({"photo.jpg": "x"}), "zip_unknown"),
    (locked(), "zip_password"),
    (twice(), "zip_twice"),
    (bomb, "zip_bomb"),
    (lying_bomb, "zip_damaged"),
    (zipped({"users.csv": "x", "manifest.csv": manifest("1.0")}), "oneroster_version"),
    (zipped({"users.csv": "x", "manifest.csv": manifest("1.2"), "orgs.csv": "x"}), "oneroster_file"),
    (
        zipped(
            {
                "users.csv": "a,b\n1,2\n",
                "manifest.csv": manifest("1.1"),
                "orgs.csv": "sourcedId,name,type\n",
            }
        ),
        "oneroster_heading",
    ),
    (zipped({"users.csv": b"a,\x00", "orgs.csv": ""}), "oneroster_inside"),
    (oneroster_1p1(user_1p1("1", "student", "Sam Poe")), "oneroster_nobody"),
]


@pytest.mark.parametrize(("data", "kind"), WHOLE_FILES, ids=range(len(WHOLE_FILES)))
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data, kind):
    data = data() if callable(data) else data
    with pytest.raises(RosterRefusedError) as refusal:
        read_table(data, today=TODAY)
    assert refusal.value.kind == kind
    assert refusal.value.sentence() == FILE_SENTENCES[kind] % refusal.value.params


@pytest.mark.parametrize("given", ["A" * 151, "A" * 80])
def test_a_name_of_two_parts_that_is_too_long_together(given):
    data = csv_file(("a@example.ca", given, "B" * 80), headings=("E-mail", "Given name", "Family name"))
    plan = make_plan(read_table(data, today=TODAY), Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert [problem.kind for problem in plan.problems] == ["too_long"]


def test_a_circle_of_many_is_cut_short():
    people = [
        (f"p{number}@example.ca", f"Person {number}", f"p{(number + 1) % 8}@example.ca")
        for number in range(8)
    ]
    data = csv_file(*people, headings=("E-mail", "Name", "Supervisor"))
    plan = make_plan(read_table(data, today=TODAY), Choices(), schools=SCHOOLS, people=(), today=TODAY)
    names = " → ".join([*(f"Person {number}" for number in range(6)), "…", "Person 0"])
    assert [str(problem) for problem in plan.problems] == [
        f"Row 2, Supervisor: The reporting line goes in a circle: {names}."
    ]


def test_a_supervisor_whose_own_row_has_a_problem_is_not_complained_about_twice():
    boss = {**BEN, "Start date": "x"}
    assert problems({**GOOD, "Supervisor": BEN["E-mail"]}, boss) == [
        "Row 3, Start date: “x” is not a date. Write it as 2026-08-31."
    ]


def test_the_year_of_a_whole_date_is_taken_and_no_means_no():
    data = csv_file(
        ("a@example.ca", "Ana Roy", "2014-08-25", "No"),
        headings=("E-mail", "Name", "Leads since", "Also teaches"),
    )
    plan = make_plan(read_table(data, today=TODAY), Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert (plan.changes[0].record.leads_since, plan.changes[0].record.also_teaches) == (2014, False)


def test_an_organization_that_the_zip_does_not_explain_is_an_unknown_school():
    data = oneroster_1p1(user_1p1("1", "principal", "Ana Roy", "S99"))
    plan = make_plan(read_table(data, today=TODAY), Choices(), schools=SCHOOLS, people=(), today=TODAY)
    assert [str(problem) for problem in plan.problems] == [
        "Row 2, school: There is no school “S99” in your district. Add it first, or correct it here."
    ]
