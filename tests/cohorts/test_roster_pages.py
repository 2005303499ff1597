"""The whole walk in a browser without one: upload, columns, preview, confirm, result, downloads."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.models import Appointment, Leader, RosterImport
from cohorts.roster import read_table
from cohorts.services import roster
from leaderdev.accounts.models import User
from leaderdev.common.dates import today_in
from tests.cast import YEAR_START, make_school
from tests.cohorts.roster.files import (
    csv_file,
    example_zip,
    oneroster_1p1,
    user_1p1,
    workbook,
)
from tests.pages.document import problems

HEADINGS = ("Courriel", "Nom", "Site", "Poste", "Date d'entrée")


@pytest.fixture
def manager(cast, client: Client) -> Client:
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, cast, data: bytes, name: str = "roster.csv"):
    url = reverse("cohorts:roster_start", args=[cast.district.slug])
    return client.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)


def fields_of(response) -> dict[str, str]:
    form = response.context["form"]
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in initial.items() if value or name.startswith(("column", "role"))}


def test_a_spreadsheet_export_with_semicolons_a_mark_quoted_names_and_a_date_column(cast, manager):
    moved = cast.participant
    data = "\ufeff".encode() + csv_file(
        ("amelie.roy@willow.example.ca", "Roy, Amélie", "101", "Vice-Principal", "31/08/2026"),
        (moved.email, moved.name, "School 102", "principal", "15/10/2026"),
        headings=HEADINGS,
        separator=";",
    )
    page = send(manager, cast, data)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    assert problems(page.content.decode()) == []
    assert "For example: 101 · School 102" in page.content.decode()
    answers = {**fields_of(page), "column_3": "role_kind", "column_4": "starts_on"}
    page = manager.post(page.redirect_chain[-1][0], answers, follow=True)
    text = page.content.decode()
    assert problems(text) == []
    assert page.context["counts"] == {
        "new": 1, "changed": 0, "moved": 1, "unchanged": 0, "absent": 8, "problems": 0,
    }  # fmt: skip
    assert "Amélie Roy" in text
    preview = page.redirect_chain[-1][0]
    mate = Leader.objects.get(user=cast.mate)
    page = manager.post(preview, {**fields_of(page), "absent": [mate.pk]}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/result/")
    assert problems(page.content.decode()) == []
    post = Appointment.objects.current().get(leader__user=moved)
    assert (post.school.code, post.starts_on) == ("102", datetime.date(2026, 10, 15))
    assert User.objects.get(email="amelie.roy@willow.example.ca").name == "Amélie Roy"
    mate.refresh_from_db()
    assert not mate.is_active
    page = send(manager, cast, data)
    assert page.redirect_chain[-1][0].endswith("/columns/") is False
    assert page.context["counts"]["unchanged"] == 2


def test_a_workbook_from_a_spreadsheet_program(cast, manager):
    rows = [
        ["E-mail", "Given name", "Family name", "School", "Role", "Start date"],
        ["ana.roy@willow.example.ca", "Ana", "Roy", 101, "Principal", datetime.date(2026, 8, 31)],
    ]
    page = send(manager, cast, workbook(rows), "roster.xlsx")
    page = manager.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    assert page.context["counts"]["new"] == 1
    leader = Leader.objects.get(user__email="ana.roy@willow.example.ca")
    assert leader.current_post.starts_on == datetime.date(2026, 8, 31)


def test_oneroster_1_2_suggests_who_has_left(cast, manager):
    make_school(cast.district, "0010", "Prairie School")
    page = send(manager, cast, example_zip(), "oneroster.zip")
    assert "are ticked" in page.content.decode()
    own = Leader.objects.get(user=cast.manager)
    ticked = fields_of(page)["absent"]
    assert (len(ticked), own.pk in ticked) == (8, False)
    manager.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    assert set(Leader.objects.filter(is_active=True).values_list("user__email", flat=True)) == {
        "ana.roy@example.ca",
        cast.manager.email,
    }


def test_oneroster_1_1_asks_what_the_roles_mean(cast, manager):
    make_school(cast.district, "0010", "Prairie School")
    make_school(cast.district, "0020", "École Élan")
    data = oneroster_1p1(user_1p1("1", "administrator", "Ana Roy"), user_1p1("2", "teacher", "Ben Li"))
    page = send(manager, cast, data, "oneroster.zip")
    assert page.redirect_chain[-1][0].endswith("/columns/")
    answers = fields_of(page)
    assert answers == {"role_0": "principal", "role_1": ""}
    page = manager.post(page.redirect_chain[-1][0], answers, follow=True)
    assert page.context["counts"]["new"] == 1
    assert "Rows with the role “teacher”, left out as you chose: 1." in page.content.decode()
    columns = page.redirect_chain[-1][0] + "columns/"
    page = manager.post(columns, {"role_0": "director", "role_1": "consultant"}, follow=True)
    assert page.context["counts"]["new"] == 2
    assert fields_of(manager.get(columns)) == {"role_0": "director", "role_1": "consultant"}


def test_a_file_with_problems_names_them_and_hands_out_the_rejected_rows(cast, manager):
    data = csv_file(
        ("a@willow.example.ca", "Good Person", "101"),
        ("not an address", "=HYPERLINK(1)", "Nowhere Else"),
        headings=("E-mail", "Name", "School"),
    )
    page = send(manager, cast, data)
    text = page.content.decode()
    assert problems(text) == []
    assert "This file cannot be imported yet" in text
    assert "“not an address” is not an e-mail address" in text
    assert "Import this roster" not in text
    preview = page.redirect_chain[-1][0]
    before = Leader.objects.count()
    refused = manager.post(preview, {"digest": page.context["plan"].digest()})
    assert (refused.status_code, Leader.objects.count()) == (409, before)
    rejected = manager.get(f"{preview}rejected.csv")
    assert rejected["Content-Disposition"] == 'attachment; filename="rejected-rows.csv"'
    lines = rejected.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "E-mail,Name,School,Problem"
    assert lines[1].startswith("not an address,'=HYPERLINK(1),Nowhere Else,")
    assert len(lines) == 2


def test_a_plan_that_changed_is_shown_again(cast, manager):
    page = send(manager, cast, csv_file(("a@willow.example.ca", "A Person"), headings=("E-mail", "Name")))
    preview = page.redirect_chain[-1][0]
    digest = page.context["plan"].digest()
    Leader.objects.filter(user=cast.mate).update(is_active=False)
    page = manager.post(preview, {"digest": digest})
    assert page.status_code == 409
    assert "Something changed since you looked." in page.content.decode()
    assert page.context["form"]["digest"].value() != digest
    assert not User.objects.filter(email="a@willow.example.ca").exists()


def test_cancelling_erases_and_an_upload_that_is_over_leads_on(cast, manager):
    page = send(manager, cast, csv_file(("a@willow.example.ca", "A Person"), headings=("E-mail", "Name")))
    preview = page.redirect_chain[-1][0]
    page = manager.post(f"{preview}cancel/", follow=True)
    assert "Nothing was imported, and the uploaded rows are erased." in page.content.decode()
    assert RosterImport.objects.get().table is None
    for address in ("", "columns/", "rejected.csv", "result/"):
        page = manager.get(preview + address, follow=True)
        assert page.redirect_chain[-1][0] == reverse("cohorts:roster_start", args=[cast.district.slug])
    waiting = RosterImport.objects.create(district=cast.district, file_name="x", table={})
    RosterImport.objects.filter(pk=waiting.pk).update(
        state="done", table=None, finished_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    )
    url = reverse("cohorts:roster_preview", args=[cast.district.slug, waiting.pk])
    assert manager.get(url).url.endswith("/result/")
    manager.post(reverse("cohorts:roster_cancel", args=[cast.district.slug, waiting.pk]))
    assert RosterImport.objects.get(pk=waiting.pk).state == "done"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "The submitted file is empty."), (b"%PDF-1", "This is a PDF."), (None, "This field is required.")],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_upload_page(cast, manager, data, sentence):
    url = reverse("cohorts:roster_start", args=[cast.district.slug])
    page = manager.post(url, {} if data is None else {"file": SimpleUploadedFile("roster.csv", data)})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert problems(page.content.decode()) == []
    assert not RosterImport.objects.exists()


def test_columns_are_explained_once_and_not_twice(cast, manager):
    page = send(manager, cast, csv_file(("a@x.ca", "b@x.ca", "A Person"), headings=("E-mail", "Mail", "Who")))
    url = page.redirect_chain[-1][0]
    page = manager.post(url, {"column_0": "email", "column_1": "email", "column_2": "?"})
    text = page.content.decode()
    assert problems(text) == []
    assert "“E-mail” has this meaning already." in text
    assert "Choose what this means, or leave it out." in text
    assert "Say which column holds the names" in text
    page = manager.post(url, {"column_0": "", "column_1": "", "column_2": "name"})
    assert "Say which column holds the e-mail addresses." in page.content.decode()


def test_the_template_comes_back_as_an_empty_roster(cast, manager):
    for kind in ("csv", "xlsx"):
        url = reverse("cohorts:roster_template", args=[cast.district.slug, kind])
        data = manager.get(url).content
        table = read_table(data, today=datetime.date(2026, 11, 22))
        assert (len(table.headings), len(table.rows)) == (12, 1)
        page = send(manager, cast, data, f"roster.{kind}")
        assert page.context["counts"]["problems"] == 0
        assert page.context["counts"]["new"] == 0
        assert "is the example of our template" in page.content.decode()
    assert (
        manager.get(reverse("cohorts:roster_template", args=[cast.district.slug, "ods"])).status_code == 404
    )


def test_the_workbook_explains_every_column(cast, manager):
    import openpyxl

    url = reverse("cohorts:roster_template", args=[cast.district.slug, "xlsx"])
    book = openpyxl.load_workbook(io.BytesIO(manager.get(url).content))
    headings = [cell.value for cell in book["Roster"][1]]
    assert [row[0].value for row in book["Explanations"].iter_rows()] == headings
    assert all(row[1].value for row in book["Explanations"].iter_rows())


def test_long_groups_have_pages_of_their_own(cast, manager):
    rows = [(f"p{number}@willow.example.ca", f"Person {number:03}") for number in range(130)]
    page = send(manager, cast, csv_file(*rows, headings=("E-mail", "Name")))
    assert "New people: all 130" in page.content.decode()
    url = page.redirect_chain[-1][0]
    second = manager.get(url, {"show": "new", "page": "2"})
    assert len(second.context["group"].rows) == 30
    assert "Person 129" in second.content.decode()


def test_more_absent_people_than_boxes_are_asked_about_together(cast, manager, monkeypatch):
    monkeypatch.setattr("cohorts.forms.roster.MOST_BOXES", 3)
    page = send(manager, cast, csv_file(("a@willow.example.ca", "A Person"), headings=("E-mail", "Name")))
    assert "Make all 8 of them inactive" in page.content.decode()
    manager.post(page.redirect_chain[-1][0], {**fields_of(page), "all_absent": "on"})
    assert set(Leader.objects.filter(is_active=True).values_list("user__email", flat=True)) == {
        "a@willow.example.ca",
        cast.manager.email,
    }


@pytest.mark.parametrize(
    ("role", "status"),
    [("participant", 403), ("facilitator", 403), ("researcher", 403), ("stranger", 404), ("other_lead", 404)],
)
def test_nobody_else_uploads_confirms_or_cancels(cast, other, client, role, status):
    waiting = roster.start_import(
        by=cast.manager,
        district=cast.district,
        file_name="r.csv",
        data=csv_file(("a@willow.example.ca", "A Person"), headings=("E-mail", "Name")),
    )
    digest = roster.plan_import(by=cast.manager, roster_import=waiting).digest()
    who = other.lead if role == "other_lead" else getattr(cast, role)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("roster_preview", "roster_columns", "roster_cancel"):
        url = reverse(f"cohorts:{name}", args=[cast.district.slug, waiting.pk])
        assert client.post(url, {"digest": digest}).status_code == status, name
    assert send(client, cast, b"E-mail,Name\nx@x.ca,X Y\n").status_code == status
    assert RosterImport.objects.get().is_waiting


def test_an_upload_of_one_district_is_not_found_under_another(cast, other, client):
    waiting = RosterImport.objects.create(district=cast.district, file_name="x", table={})
    client.force_login(other.manager, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("roster_preview", "roster_columns", "roster_rejected", "roster_result"):
        url = reverse(f"cohorts:{name}", args=[other.district.slug, waiting.pk])
        assert client.get(url).status_code == 404, name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(min_size=1, max_size=120),
        st.text(max_size=80).map(lambda text: f"E-mail,Name,School,Role\n{text}\n".encode()),
    )
)
def test_any_bytes_give_a_page(cast, manager, data):
    page = send(manager, cast, data)
    assert page.status_code == 200
    assert problems(page.content.decode()) == []


def test_what_changes_is_told_from_what_to_what(cast, manager):
    Leader.objects.filter(user=cast.mate).update(is_active=False)
    data = csv_file(
        (cast.participant.email, "Participant Person", "101", "director", "Head of Learning", "8", "yes", ""),
        (cast.mate.email, "Mate Person", "103", "", "", "", "", cast.lead.email),
        (cast.researcher.email, "Researcher Person", "101", "consultant", "", "", "", ""),
        headings=(
            "E-mail",
            "Name",
            "School",
            "Role",
            "Title",
            "Employee number",
            "Also teaches",
            "Supervisor",
        ),
    )
    page = send(manager, cast, data)
    told = {row["heading"]: row["cells"] for group in page.context["groups"] for row in group.rows}
    today = date_format(today_in(cast.district.time_zone), "j F Y")
    began = date_format(YEAR_START, "j F Y")
    assert told == {
        "Participant Person": [
            "employee number: 8; kind of role: Principal → Director; title: Head of Learning; "
            f"also teaches (yes or no): no → yes; start date: {began} → {today}"
        ],
        "Mate Person": [
            "School 102",
            "School 103",
            today,
            f"comes back to the roll; supervisor (e-mail): {cast.lead.email}",
        ],
        "Researcher Person": [
            f"school (name or code): School 101; kind of role: Consultant; start date: {today}"
        ],
    }


def test_a_title_that_belonged_to_the_old_role_goes(cast, manager):
    Appointment.objects.filter(leader__user=cast.participant).update(role_title="Principal of All")
    data = csv_file(
        (cast.participant.email, "Participant Person", "director"), headings=("E-mail", "Name", "Role")
    )
    page = send(manager, cast, data)
    assert "title: no longer Principal of All" in page.content.decode()


def test_a_file_that_changes_nothing_says_so(cast, manager):
    data = csv_file((cast.participant.email, "Participant Person"), headings=("E-mail", "Name"))
    assert "Nothing would change" in send(manager, cast, data).content.decode()


def test_the_door_leads_to_the_one_district_or_offers_several(cast, other, client):
    door = reverse("cohorts:roster")
    client.force_login(cast.operator, backend="django.contrib.auth.backends.ModelBackend")
    assert other.district.name in client.get(door).content.decode()
    client.force_login(cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(door).url == reverse("cohorts:roster_start", args=[cast.district.slug])


def test_the_rejected_rows_come_back_once_they_are_mended(cast, manager):
    data = csv_file(("x", "Ana Roy", "101"), headings=("E-mail", "Name", "School"))
    page = send(manager, cast, data)
    rejected = manager.get(page.redirect_chain[-1][0] + "rejected.csv").content
    page = send(manager, cast, rejected.replace(b"\r\nx,", b"\r\nana@willow.example.ca,"))
    assert (page.context["counts"]["new"], page.context["counts"]["problems"]) == (1, 0)


def test_a_huge_file_is_refused_by_its_size(cast, manager, monkeypatch):
    monkeypatch.setattr("cohorts.forms.roster.MEGABYTE", 1)
    page = send(manager, cast, b"E-mail,Name\na@willow.example.ca,Ana Roy\n")
    assert "This file is larger than 20 MB." in page.content.decode()


def test_what_a_spreadsheet_s_headings_meant_does_not_touch_oneroster(cast, manager):
    make_school(cast.district, "0010", "Prairie School")
    RosterImport.objects.create(
        district=cast.district,
        file_name="earlier.csv",
        state="done",
        finished_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC),
        choices={"columns": {"role": "role_title", "email": ""}, "roles": {}, "date_order": ""},
    )
    page = send(manager, cast, example_zip(), "oneroster.zip")
    assert page.context["counts"]["new"] == 1
    page = manager.get(page.redirect_chain[-1][0] + "columns/", follow=True)
    assert "This file says itself what its columns and roles mean." in page.content.decode()
