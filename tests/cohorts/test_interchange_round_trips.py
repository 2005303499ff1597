"""What is written comes back as the same rows, in each format that can carry them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from cohorts.interchange import (
    Format,
    NodeRecord,
    ScaleLevel,
    StandardDocument,
    case,
    moodle,
    plain_csv,
    read_standard,
)
from cohorts.interchange.document import focus_by_kind, in_tree_order, ratable_by_kind
from tests.cohorts.standard_samples import documents, small

DATA = Path(__file__).parent / "data"
NOON = datetime(2026, 8, 15, 12, tzinfo=UTC)
SEMICOLONS = 'Code;Parent code;Kind;Label\r\n1;;Competency;"Été; “été”"\r\n1.a;1;indicator;Asks\r\n'


def rows(document: StandardDocument) -> tuple[NodeRecord, ...]:
    return document.nodes


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_case_carries_every_field(version: str) -> None:
    document = small()

    reading = read_standard(case.write(document, version=version, changed_at=NOON).encode())

    assert reading.format is Format.CASE
    expected = document if version == "1.1" else replace(document, jurisdiction="")
    assert reading.document == expected


@settings(max_examples=60, deadline=None)
@given(documents())
def test_case_1_1_carries_any_standard(document: StandardDocument) -> None:
    assert case.read(case.write(document, version="1.1", changed_at=NOON)) == document


@settings(max_examples=60, deadline=None)
@given(documents())
def test_case_1_0_carries_the_rows_of_any_standard(document: StandardDocument) -> None:
    assert rows(case.read(case.write(document, version="1.0", changed_at=NOON))) == rows(document)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_plain_table_carries_the_rows_of_any_standard(document: StandardDocument) -> None:
    again = plain_csv.read(plain_csv.write(document))

    assert (again.title, again.identifier, rows(again)) == (
        document.title,
        document.identifier,
        rows(document),
    )


@settings(max_examples=60, deadline=None)
@given(documents())
def test_moodle_carries_tree_codes_and_texts_of_any_standard(document: StandardDocument) -> None:
    again = moodle.read(moodle.write(document))

    def carried(whole: StandardDocument) -> list[tuple[str, ...]]:
        keys = {node.identifier: node.code or node.identifier for node in whole.nodes}
        return [
            (keys[n.identifier], keys.get(n.parent, ""), n.label, n.summary, n.official_text)
            for n in rows(whole)
        ]

    assert carried(again) == carried(document)
    assert again.identifier == document.identifier


def test_moodle_carries_kinds_levels_and_links_of_an_even_tree() -> None:
    document = small()

    again = moodle.read(moodle.write(document))

    assert [node.kind for node in again.nodes] == [node.kind for node in document.nodes]
    assert again.levels == document.levels
    codes = {node.identifier: node.code for node in again.nodes}
    assert [(codes[link.origin], codes[link.destination]) for link in again.links] == [("1.a", "2,a")]


def test_moodle_writes_fourteen_columns_and_the_words_moodle_expects() -> None:
    text = moodle.write(small())

    lines = text.split("\r\n")
    assert lines[0].startswith("Parent ID number,ID number,Short name,Description,")
    assert '"competency,indicator,indicator,indicator"' in text
    assert text.count(",null,") == 5
    assert '[{""scaleid"":""1""},{""id"":1,""scaledefault"":1,""proficient"":0},{""id"":3,' in text
    assert "2%2Ca" in text


def test_a_formula_is_harmless_in_the_sheet_and_comes_back_as_it_was() -> None:
    text = plain_csv.write(small())

    assert ",'=Asks for feedback," in text
    assert ",''-Leads a community," in text
    assert [node.label for node in plain_csv.read(text).nodes] == [node.label for node in small().nodes]


# What the 1.1 schema asks of each object besides identifier, uri and lastChangeDateTime: the names that
# have to be there, and those that may. Any other name is refused, because the objects are closed.
CASE_1_1 = {
    "CFDocument": (
        "creator title",
        "officialSourceURL publisher description subject subjectURI language version adoptionStatus "
        "statusStartDate statusEndDate licenseURI notes frameworkType caseVersion extensions",
    ),
    "CFItems": (
        "fullStatement",
        "alternativeLabel CFItemType CFItemTypeURI humanCodingScheme listEnumeration abbreviatedStatement "
        "conceptKeywords conceptKeywordsURI notes language educationLevel licenseURI statusStartDate "
        "statusEndDate subject subjectURI extensions",
    ),
    "CFAssociations": (
        "associationType originNodeURI destinationNodeURI",
        "sequenceNumber CFAssociationGroupingURI notes extensions",
    ),
    "CFLicenses": ("title licenseText", "description extensions"),
    "CFAssociationGroupings": ("title", "description extensions"),
    "CFRubrics": ("", "title description CFRubricCriteria extensions"),
    "CFRubricCriteria": (
        "",
        "category description CFItemURI weight position rubricId CFRubricCriterionLevels extensions",
    ),
    "CFRubricCriterionLevels": (
        "",
        "description quality score feedback position rubricCriterionId extensions",
    ),
}
LINKS = {"originNodeURI", "destinationNodeURI", "CFAssociationGroupingURI", "licenseURI"}


def objects(value: object, name: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every object of a package with the name under which it stands, inside of extensions apart."""
    if isinstance(value, dict):
        yield name, value
        for key, inner in value.items():
            if key != "extensions":
                yield from objects(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, name)


def test_case_1_1_is_closed_and_lower_case() -> None:
    """Only the keys that the 1.1 schema names, all that it asks for, and identifiers of its pattern."""
    grouped = replace(small().links[0], group="Pairs")
    document = replace(small(), identifier="3F0B6A52-1C6F-4A8E-9D70-2A1D5B3C0001", links=(grouped,))

    package = json.loads(case.write(document, version="1.1", changed_at=NOON))

    pattern = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    seen = set()
    for name, value in objects(package):
        seen.add(name)
        if name in LINKS:
            assert set(value) == {"title", "identifier", "uri"}
        elif name in CASE_1_1:
            required, optional = (set(words.split()) for words in CASE_1_1[name])
            required |= {"identifier", "uri", "lastChangeDateTime"}
            assert required <= set(value) <= required | optional, name
        if "identifier" in value:
            assert pattern.fullmatch(str(value["identifier"]))
    assert seen == set(CASE_1_1) | LINKS | {"", "CFDefinitions"}
    assert set(package) == {"CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics"}
    assert package["CFDocument"]["caseVersion"] == "1.1"


def test_case_1_0_has_none_of_the_keys_of_1_1() -> None:
    text = case.write(small(), version="1.0", changed_at=NOON)

    assert "extensions" not in text
    assert "caseVersion" not in text
    assert "targetType" not in text


def test_case_keeps_the_hierarchy_in_associations_in_order() -> None:
    package = json.loads(case.write(small(), version="1.1", changed_at=NOON))

    tree = [a for a in package["CFAssociations"] if a["associationType"] == "isChildOf"]
    assert [
        (a["originNodeURI"]["title"], a["destinationNodeURI"]["title"], a["sequenceNumber"]) for a in tree
    ] == [
        ("1", "Local standard", 1),
        ("1.a", "1", 1),
        ("1.b", "1", 2),
        ("2", "Local standard", 2),
        ("2,a", "2", 1),
    ]


def test_case_refuses_to_write_a_version_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match=r"1\.0 and 1\.1 are written"):
        case.write(small(), version="2.0", changed_at=NOON)


def test_the_case_example_of_the_issue_is_read() -> None:
    document = read_standard((DATA / "case_v1p1.json").read_bytes()).document

    assert (document.title, document.issuer) == ("Local leadership framework", "Example Division")
    assert [(n.code, n.kind, n.label, n.focus_selectable, n.ratable) for n in document.nodes] == [
        ("C2", "competency", "Keeps learning in public", True, False),
        ("C2.b", "indicator", "Asks several kinds of people for feedback", False, True),
    ]
    assert document.nodes[1].parent == document.nodes[0].identifier


def test_the_moodle_example_of_the_issue_is_read() -> None:
    reading = read_standard((DATA / "moodle_framework.csv").read_bytes())

    assert reading.format is Format.MOODLE
    assert [(n.code, n.kind, n.label) for n in reading.document.nodes] == [
        ("C2", "competency", "Keeps learning in public"),
        ("C2.b", "indicator", "Asks for feedback"),
    ]
    assert reading.document.levels[2] == ScaleLevel(3, "Achieving")


def test_reading_the_same_file_twice_gives_the_same_identifiers() -> None:
    data = b"code,parent_code,label\n1,,Learns\n1.a,1,Asks\n"

    first, second = (read_standard(data, filename="ours.csv").document for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    "data",
    [
        ("\ufeff" + SEMICOLONS.replace("1.a", "\r\n1.a")).encode(),
        SEMICOLONS.encode("cp1252"),
        "Code\tParent-code\tKIND\tLabel\n1\t\tcompetency\tÉté; “été”\n1.a\t1\t\tAsks\n".encode("utf-16"),
    ],
    ids=["byte-order mark and semicolons", "Windows-1252", "UTF-16 with tabs"],
)
def test_a_table_as_spreadsheets_save_it_is_read(data: bytes) -> None:
    document = read_standard(data, filename="our-standard.csv").document

    assert document.title == "our standard"
    assert [(n.code, n.kind, n.label) for n in document.nodes] == [
        ("1", "competency", "Été; “été”"),
        ("1.a", "indicator", "Asks"),
    ]


def test_a_table_carries_only_the_columns_it_has() -> None:
    document = plain_csv.read("code,label,official_text\n1,Learns,The words\n", title="T")

    assert document.carried == {"code", "label", "official_text"}


def test_kinds_decide_where_a_file_is_silent() -> None:
    document = plain_csv.read("code,parent_code,label\n1,,Learns\n1.a,1,Asks\n", title="T")

    assert [(n.focus_selectable, n.ratable) for n in document.nodes] == [
        (focus_by_kind("competency"), ratable_by_kind("competency")),
        (focus_by_kind("indicator"), ratable_by_kind("indicator")),
    ]


def test_case_from_elsewhere_with_its_own_types_and_extra_links() -> None:
    """Unknown item types go by place; a link beyond both ends is left out; each is said in a remark."""
    package = json.loads(case.write(small(), version="1.0", changed_at=NOON))
    package["CFItems"][0]["CFItemType"] = "Big idea"
    package["CFItems"][0]["identifier"] = package["CFItems"][0]["identifier"].upper()
    far = {"title": "x", "identifier": "not-ours", "uri": "https://example.org/x"}
    package["CFAssociations"].append(
        package["CFAssociations"][-1]
        | {"associationType": "exactMatchOf", "originNodeURI": far, "destinationNodeURI": far}
    )

    document = case.read(json.dumps(package))

    assert rows(document) == rows(small())
    assert [remark.sentence for remark in document.remarks] == [
        "Statements of the type “Big idea” (1) are taken as competencies or indicators by place.",
        "Links that join statements of other standards only are left out (1).",
    ]


def test_the_order_of_rows_in_a_file_is_the_order_of_siblings() -> None:
    shuffled = "code,parent_code,label\n2.a,2,C\n1,,A\n2,,B\n1.a,1,D\n"

    assert [n.code for n in plain_csv.read(shuffled, title="T").nodes] == ["1", "1.a", "2", "2.a"]
    assert in_tree_order(small()) == small()
