"""Schools and days without school from a spreadsheet, and every list as one."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cohorts.models import NoSchoolDay, School
from tests.cast import make_school

pytestmark = pytest.mark.django_db
HEADERS = "code,name,kind,grades,address,latitude,longitude,in use"


@pytest.fixture
def manager(cast) -> Client:
    client = Client()
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def preview(client: Client, model: str, content: bytes, *, format_: str = "0", name: str = "rows.csv"):
    url = reverse(f"admin:cohorts_{model}_import")
    return client.post(url, {"format": format_, "import_file": SimpleUploadedFile(name, content)})


def confirm(client: Client, model: str, answer):
    form = answer.context["confirm_form"]
    return client.post(reverse(f"admin:cohorts_{model}_process_import"), form.initial)


def load(client: Client, model: str, *lines: str):
    """Preview, then confirm: what a person does."""
    answer = preview(client, model, "\n".join(lines).encode())
    errors = [str(e.error) for _line, found in answer.context["result"].row_errors() for e in found]
    assert errors + [str(e.error) for e in answer.context["result"].base_errors] == []
    assert [str(row.error) for row in answer.context["result"].invalid_rows] == []
    return confirm(client, model, answer)


def exported(client: Client, model: str) -> list[dict[str, str]]:
    response = client.post(reverse(f"admin:cohorts_{model}_export"), {"format": "0", "resource": "0"})
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_a_preview_stores_nothing_and_a_confirmation_stores_all(manager, cast):
    lines = [HEADERS, "101,Renamed School,school,K-6,,53.5,-113.5,yes", "777,New School,,7-9,,,,no"]
    answer = preview(manager, "school", "\n".join(lines).encode())
    assert not School.objects.filter(code="777").exists()

    confirm(manager, "school", answer)

    changed, new = School.objects.get(pk=cast.schools[1].pk), School.objects.get(code="777")
    assert (changed.name, str(changed.latitude), str(changed.longitude)) == (
        "Renamed School",
        "53.50000",
        "-113.50000",
    )
    assert (new.district, new.kind, new.grades, new.is_active) == (cast.district, "school", "7-9", False)


def test_another_districts_school_of_the_same_code_is_left_alone(manager, cast, other):
    load(manager, "school", HEADERS, "101,Ours,,,,,,")
    assert School.objects.get(pk=other.schools[1].pk).name == "School 101"
    assert School.objects.get(pk=cast.schools[1].pk).name == "Ours"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("801,Planted,,,,,,,River Bend", "names a district that you do not configure"),
        ("801,Half,,,,53,,,", "together, or leave both empty"),
        ("801,Odd,castle,,,,,,", "“castle” is not known here"),
        ("801,Odd,,,,,,perhaps,", "neither yes nor no"),
        ("801,,,,,,,,", "This field cannot be blank"),
        ("801,One,,,,,,,\n801,Two,,,,,,,", "stands in row 2 already"),
        ("801,Pole,,,,95,10,,", "together, or leave both empty"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_a_sentence(manager, other, line, sentence):
    answer = preview(manager, "school", f"{HEADERS},district\n{line}".encode())
    assert answer.status_code == 200
    assert "confirm_form" not in answer.context
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert not School.objects.filter(code="801").exists()


def test_a_file_without_the_code_column_says_so(manager):
    answer = preview(manager, "school", b"name\nSomewhere")
    assert "code" in answer.content.decode()
    assert "confirm_form" not in answer.context


def test_importing_asks_as_often_for_many_schools(manager):
    load(manager, "school", HEADERS, "700,First,,,,,,")  # the first import learns the content types
    counts = []
    for prefix, rows in (("A", 2), ("B", 60)):
        lines = [f"{prefix}{n},School {prefix}{n},,,,,," for n in range(rows)]
        with CaptureQueriesContext(connection) as caught:
            load(manager, "school", HEADERS, *lines)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_workbook_is_read_too(manager, cast):
    book = Workbook()
    book.active.append(["Code", "Name"])
    book.active.append([555, "From a workbook"])
    kept = io.BytesIO()
    book.save(kept)
    answer = preview(manager, "school", kept.getvalue(), format_="1", name="rows.xlsx")
    confirm(manager, "school", answer)
    assert School.objects.get(name="From a workbook").code == "555"


def test_days_without_school_come_into_the_named_year(manager, cast):
    load(
        manager,
        "noschoolday",
        "school year,first day,last day,kind,name",
        "2026-27,2026-10-12,,holiday,Thanksgiving",
        "2026–27,2026-12-21,2027-01-01,no school,Winter break",
    )
    days = NoSchoolDay.objects.filter(calendar=cast.year.calendar).order_by("first_day")
    assert [(d.name, str(d.first_day), str(d.last_day), d.kind) for d in days] == [
        ("Thanksgiving", "2026-10-12", "2026-10-12", "holiday"),
        ("Winter break", "2026-12-21", "2027-01-01", "no_school"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2031-32,2031-10-12,,,Day", "as in your calendars: 2026–27"),
        ("2026-27,12/10/2026,,,Day", "Write it as 2026-10-12"),
        ("2026-27,2026-10-12,2026-10-01,,Day", "cannot come before the first"),
    ],
)
def test_a_day_that_cannot_be_right_is_refused(manager, line, sentence):
    answer = preview(manager, "noschoolday", f"school year,first day,last day,kind,name\n{line}".encode())
    assert sentence in answer.content.decode()
    assert not NoSchoolDay.objects.exists()


def test_nothing_that_is_exported_runs(manager, cast):
    make_school(cast.district, "=1+1", "+SUM(A1)", address="@cmd", grades="-x", latitude=-1, longitude=-2)
    row = next(row for row in exported(manager, "school") if row["name"].endswith("SUM(A1)"))
    assert (row["code"], row["name"], row["address"], row["grades"]) == ("'=1+1", "'+SUM(A1)", "'@cmd", "'-x")
    assert float(row["longitude"]) == -2


def test_a_workbook_of_an_export_holds_no_formula(manager, cast):
    make_school(cast.district, "=1+1", "=HYPERLINK(1)")
    response = manager.post(reverse("admin:cohorts_school_export"), {"format": "1", "resource": "0"})
    cells = [cell for row in load_workbook(io.BytesIO(response.content)).active for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def test_an_export_comes_back_unchanged(manager, cast):
    make_school(cast.district, "9", "=Odd", latitude=53.1, longitude=-113.2, is_active=False)
    before = list(School.objects.order_by("pk").values())
    rows = exported(manager, "school")
    kept = io.StringIO()
    writer = csv.DictWriter(kept, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    answer = preview(manager, "school", kept.getvalue().encode())
    assert answer.context["result"].totals["skip"] == len(rows)
    assert list(School.objects.order_by("pk").values()) == before


def test_memberships_are_exported_and_not_imported(manager, cast):
    rows = exported(manager, "membership")
    assert {"cohort": "Leaders 2026", "name": "Lead Person", "role": "program lead"}.items() <= next(
        row for row in rows if row["name"] == "Lead Person"
    ).items()
    assert manager.get("/admin/cohorts/membership/import/", follow=True).status_code == 404
