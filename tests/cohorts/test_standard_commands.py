"""The two commands: import from a file, write to standard output."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cohorts.interchange import read_standard
from cohorts.models import Standard
from cohorts.services.standards import export_document
from tests.cast import Cast

EXAMPLE = Path(__file__).parent / "data" / "case_v1p1.json"


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_dry_run_says_what_would_change_and_stores_nothing(cast: Cast) -> None:
    said = run("import_standard", EXAMPLE, "--district", cast.district.slug, "--dry-run")

    assert said == "Local leadership framework: 2 new, 0 changed, 0 unchanged, 0 absent from the file.\n"
    assert Standard.objects.filter(title="Local leadership framework").count() == 0


def test_an_import_and_an_export_give_the_file_again(cast: Cast) -> None:
    run("import_standard", EXAMPLE, "--district", cast.district.slug, "--by", cast.lead.email)

    written = run("export_standard", "local-leadership-framework", "--district", cast.district.slug)

    stored = Standard.objects.get(title="Local leadership framework")
    assert read_standard(written.encode()).document == export_document(stored)
    assert [n.label for n in export_document(stored).nodes] == [
        n.label for n in read_standard(EXAMPLE.read_bytes()).document.nodes
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import_standard", EXAMPLE, "--district", "nowhere"], "There is no district “nowhere”."),
        (["import_standard", "no-such-file", "--district", "willow-plains"], "The file cannot be opened"),
        (["import_standard", __file__, "--district", "willow-plains"], "Nothing was stored."),
        (["import_standard", EXAMPLE, "--district", "willow-plains", "--by", "x@y.z"], "Nobody to import as"),
        (["export_standard", "none", "--district", "willow-plains"], "The district has no standard “none”."),
    ],
    ids=["no district", "no file", "no standard in it", "no person", "nothing to export"],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    cast: Cast, arguments: list[object], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_a_command_runs_with_the_rights_of_its_person(cast: Cast) -> None:
    with pytest.raises(CommandError, match="may not configure this district"):
        run("import_standard", EXAMPLE, "--district", cast.district.slug, "--by", cast.participant.email)
