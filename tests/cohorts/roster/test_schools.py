"""Which school a cell means."""

from __future__ import annotations

import pytest

from cohorts.roster import KnownSchool
from cohorts.roster.cells import CellRefusedError
from cohorts.roster.schools import SchoolBook
from tests.cohorts.roster.files import SCHOOLS

BOOK = SchoolBook(
    [*SCHOOLS, KnownSchool(6, "40", "ᑭᐢᑫᔨᐦᑕᒧᐃᐧᐣ School", source_id="org-6"), KnownSchool(7, "040", "Forty")]
)


@pytest.mark.parametrize(
    ("cell", "school"),
    [
        ("0010", 1),
        ("10", 1),
        (" 00 10", 1),
        ("prairie school", 1),
        ("PRAIRIE-SCHOOL", 1),
        ("Ecole Elan", 2),
        ("0010 - Prairie School", 1),
        ("Prairie School (0010)", 1),
        ("central office", 3),
        ("Head Office", 3),
        ("co", 3),
        ("40", 6),
        ("040", 7),
        ("ᑭᐢᑫᔨᐦᑕᒧᐃᐧᐣ School", 6),
        ("", None),
    ],
)
def test_codes_names_and_both_together(cell, school):
    assert BOOK.find(school=cell) == school


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"school": "00040"}, "school_unknown"),
        ({"school": "Prarie"}, "school_nearest"),
        ({"school": "0010 - École Élan"}, "school_nearest"),
        ({"school": "St. Anne"}, "school_double"),
        ({"school_code": "77"}, "school_unknown"),
        ({"school_code": "77", "school": "Prairie School"}, "school_unknown"),
        ({"school_code": "10", "school": "École Élan"}, "school_conflict"),
        ({"school": "x" * 500}, "school_unknown"),
        ({"school_source_id": "nobody", "school": "Nowhere Else"}, "school_unknown"),
    ],
)
def test_what_means_no_school(cells, kind):
    with pytest.raises(CellRefusedError) as refusal:
        BOOK.find(**cells)
    assert refusal.value.kind == kind


@pytest.mark.parametrize(
    ("cells", "school"),
    [
        ({"school_source_id": "org-6", "school_code": "0010", "school": "Prairie School"}, 6),
        ({"school_source_id": "unknown", "school_code": "0010", "school": "Renamed"}, 1),
        ({"school_source_id": "unknown", "school_code": "99", "school": "Prairie School"}, 1),
        ({"school_code": "0030", "school": "St. Anne"}, 4),
        ({"school_code": "10", "school": "A Name of Long Ago"}, 1),
    ],
)
def test_an_id_outranks_a_code_and_a_code_a_name(cells, school):
    assert BOOK.find(**cells) == school


def test_suggestions_stop_before_they_cost_too_much(monkeypatch):
    monkeypatch.setattr("cohorts.roster.schools._SUGGESTIONS", 1)
    book = SchoolBook(SCHOOLS)
    kinds = []
    for cell in ("Prarie School", "Prairie Schol", "Prarie School"):
        with pytest.raises(CellRefusedError) as refusal:
            book.find(school=cell)
        kinds.append(refusal.value.kind)
    assert kinds == ["school_nearest", "school_unknown", "school_nearest"]
