"""`manage.py import_roster`: the same import without a browser."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Leader, RosterImport
from cohorts.tasks import forget_old_roster_imports

GOOD = b"E-mail,Name,School\na@willow.example.ca,Ana Roy,101\n"


def run(tmp_path, cast, data: bytes, *flags: str) -> str:
    file = tmp_path / "roster.csv"
    file.write_bytes(data)
    out = StringIO()
    call_command("import_roster", str(file), "--district", cast.district.slug, *flags, stdout=out)
    return out.getvalue()


def test_a_dry_run_tells_and_stores_nothing(cast, tmp_path):
    told = run(tmp_path, cast, GOOD, "--dry-run")
    assert told == (
        "1 new, 0 changed, 0 moved, 0 unchanged, 9 absent.\nNothing was stored: this was a dry run.\n"
    )
    assert Leader.objects.filter(user__email="a@willow.example.ca").count() == 0
    assert RosterImport.objects.get().state == "cancelled"


def test_an_import_keeps_the_absent_unless_told_otherwise(cast, tmp_path):
    assert run(tmp_path, cast, GOOD).endswith("Stored. 0 made inactive.\n")
    assert Leader.objects.filter(is_active=True).count() == 10
    assert run(tmp_path, cast, GOOD, "--deactivate-absent").endswith("Stored. 9 made inactive.\n")
    assert Leader.objects.filter(is_active=True).get().user.email == "a@willow.example.ca"
    assert set(RosterImport.objects.values_list("state", "table")) == {("done", None)}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1", "This is a PDF."),
        (GOOD + b"x,Ben Li,101\n", "Row 3, E-mail: “x” is not an e-mail address"),
        (b"E-mail,Name,Phone\na@x.ca,A B,1\n", "column 3 is not recognized"),
        (b"E-mail,School\na@x.ca,101\n", "no column means name"),
        (b"E-mail,Mail,Name\na@x.ca,b@x.ca,A B\n", "several columns mean email"),
        (b"E-mail,Name,Role\na@x.ca,A B,wizard\n", "the role “wizard” is not known"),
    ],
)
def test_what_cannot_be_imported_is_said(cast, tmp_path, data, sentence):
    with pytest.raises(CommandError, match="Nothing was stored") as refusal:
        run(tmp_path, cast, data)
    assert sentence in str(refusal.value)
    assert not RosterImport.objects.exclude(state="cancelled").exists()


def test_a_wrong_district_or_file_is_said(cast, tmp_path):
    with pytest.raises(CommandError, match="There is no district “nowhere”"):
        call_command("import_roster", "x.csv", "--district", "nowhere")
    with pytest.raises(CommandError, match="The file cannot be opened"):
        call_command("import_roster", str(tmp_path / "x"), "--district", cast.district.slug)


def test_the_clock_forgets_old_uploads(cast):
    assert forget_old_roster_imports() == 0
