"""`manage.py form_trios`: a file or a program year in, trios on the screen."""

from __future__ import annotations

import csv
import datetime
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coaching.matching.reading import COLUMNS
from coaching.models import TrioProposal
from coaching.participants import waiting_people
from cohorts.models import CompetencySelection, Membership
from leaderdev.common.models import OutgoingMail
from tests.coaching.districts import district
from tests.coaching.forming import crowd, seats

KEYS = {"trios", "unplaced", "optimal", "gap", "objective", "unmet_wishes", "seconds"}


def run(*words: str) -> str:
    out = StringIO()
    call_command("form_trios", *words, stdout=out)
    return out.getvalue()


def write(path: Path, people) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for person in people:
            cells = [getattr(person, name) for name in COLUMNS]
            rows.writerow([";".join(cell) if isinstance(cell, tuple) else cell for cell in cells])
    return str(path)


def test_a_file_becomes_trios_with_reasons(tmp_path):
    people = district(55, 5, 1)
    told = json.loads(run("--from-csv", write(tmp_path / "people.csv", people), "--format", "json"))
    assert set(told) >= KEYS
    assert told["optimal"] is True
    assert told["gap"] == 0
    seated = [name for trio in told["trios"] for name in trio["members"]]
    assert sorted(seated + [one["id"] for one in told["unplaced"]]) == [person.id for person in people]
    assert all(trio["reasons"] for trio in told["trios"])


def test_text_ends_with_how_good_it_is(tmp_path):
    told = run("--from-csv", write(tmp_path / "people.csv", district(9, 1, 2)))
    assert "Best possible: proven." in told.splitlines()[-1]


def test_a_file_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,school\nAnna,North\n")
    with pytest.raises(CommandError, match="no column “id”"):
        run("--from-csv", str(path))


def test_a_wrong_number_is_refused_with_its_line(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,competency,lat,lng\na,c,north,1\nb,c,95,1\n")
    with pytest.raises(CommandError) as refusal:
        run("--from-csv", str(path))
    assert "Line 2: the lat “north” is not a number." in str(refusal.value)
    assert "Line 3: the lat 95 is not between -90 and 90." in str(refusal.value)


def test_empty_lines_are_skipped_and_missing_or_surplus_cells_refused(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,competency\n,\na,c\n\nb,\nd,c,more\n")
    with pytest.raises(CommandError) as refusal:
        run("--from-csv", str(path))
    assert "Line 5: the competency is missing." in str(refusal.value)
    assert "Line 6: there are more cells than headings." in str(refusal.value)
    path.write_text("id,competency\n,\na,c\n\nb,c\n")
    assert len(json.loads(run("--from-csv", str(path), "--format", "json"))["trios"]) == 1


def test_the_source_must_be_named_once(tmp_path):
    with pytest.raises(CommandError, match="Give --from-csv FILE, or"):
        run()
    with pytest.raises(CommandError, match="not both"):
        run("--from-csv", str(tmp_path / "x"), "--cohort", "c")
    with pytest.raises(CommandError, match="cannot be read"):
        run("--from-csv", str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="more than 0 seconds"):
        run("--time-limit", "0")


@pytest.mark.django_db
def test_an_unknown_year_is_refused():
    with pytest.raises(CommandError, match="has no program year"):
        run("--cohort", "nowhere", "--year", "2026–27")


@pytest.mark.django_db
def test_a_program_year_is_read_from_the_database(cast):
    year = cast.year
    members = Membership.objects.in_year(year).participants().current()
    competency = year.competencies.first()
    for member in members:
        CompetencySelection.objects.get_or_create(
            membership=member,
            program_year=year,
            superseded_at=None,
            defaults={"competency": competency, "rationale": "Because."},
        )
    people = waiting_people(year)
    assert {person.id for person in people} == {str(member.pk) for member in members}
    told = json.loads(run("--cohort", year.cohort.slug, "--year", year.label, "--format", "json"))
    placed = [name for trio in told["trios"] for name in trio["members"]]
    assert sorted(placed + [one["id"] for one in told["unplaced"]]) == sorted(p.id for p in people)


@pytest.mark.django_db
def test_publishing_stores_seats_and_tells(cast, time_machine, tmp_path):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC))
    crowd(cast, 7)
    address = ("--cohort", cast.cohort.slug, "--year", cast.year.label)
    told = json.loads(run(*address, "--format", "json", "--publish"))
    proposal = TrioProposal.objects.get()
    assert (proposal.state, proposal.published_by) == ("published", None)
    printed = {frozenset(map(int, trio["members"])) for trio in told["trios"]}
    assert printed == {frozenset(there) for there in seats(cast).values()}
    assert OutgoingMail.objects.count() == 7
    with pytest.raises(CommandError, match="Only the trios of a program year"):
        run("--from-csv", write(tmp_path / "people.csv", district(9, 1, 2)), "--publish")
    cast.year.state = "closed"
    cast.year.save()
    with pytest.raises(CommandError, match="closed"):
        run(*address, "--publish")
