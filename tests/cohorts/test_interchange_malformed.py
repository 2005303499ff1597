"""Broken files: each is refused with a sentence that names the place, and never with another exception."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.interchange import (
    NodeRecord,
    StandardDocument,
    StandardRefused,
    case,
    moodle,
    plain_csv,
    read_standard,
)
from cohorts.interchange.checking import check
from cohorts.interchange.reading import MOST_BYTES
from tests.cohorts.standard_samples import GUIDS, small

HEAD = "code,parent_code,kind,label\n"
FULL = "code,parent_code,kind,label,summary,official_text,focus_selectable,ratable,identifier\n"
GUID = "3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0010"

TABLES = {
    "no label column, nothing recognizable": (
        "name,text\n1,Learns\n",
        "This is none of the formats that can be read: CASE JSON, a Moodle competency framework, "
        "or a table with a column “label”.",
    ),
    "unknown column": (
        "code,label,colour\n1,Learns,red\n",
        "Row 1: The column “colour” is not known. Known columns are: code, parent_code, kind, label, "
        "summary, official_text, focus_selectable, ratable, identifier.",
    ),
    "column twice": ("code,label,Label\n1,a,b\n", "Row 1: The column “Label” stands twice."),
    "heading only": (
        HEAD,
        "The file has no statements: not one competency or indicator was found in it.",
    ),
    "code twice": (
        HEAD + "1,,competency,A\n2,,competency,B\n1,,competency,C\n",
        "Row 4: The code “1” also stands in row 2. Each code may stand once.",
    ),
    "identifier twice": (
        FULL + f"1,,competency,A,,,,,{GUID}\n2,,competency,B,,,,,{GUID.upper()}\n",
        f"Row 3: The identifier {GUID} also stands in row 2. Each may stand once.",
    ),
    "identifier that is none": (
        FULL + "1,,competency,A,,,,,17\n",
        "Row 2: “17” is not an identifier of the form 8-4-4-4-12 letters and digits (a UUID).",
    ),
    "parent missing": (
        HEAD + "1,,competency,A\n2.a,2,indicator,B\n",
        "Row 3, parent_code: The parent “2” is not the code of any row.",
    ),
    "own parent": (HEAD + "1,1,competency,A\n", "Row 2: “1” is its own parent."),
    "circle": (
        HEAD + "1,3,domain,A\n2,1,domain,B\n3,2,domain,C\n",
        "Row 2: These statements stand under each other in a circle: 1 → 3 → 2.",
    ),
    "empty statement": (HEAD + "1,,competency,\n", "Row 2: The statement is empty: it has no words."),
    "unknown kind": (
        HEAD + "1,,virtue,A\n",
        "Row 2: “virtue” is not a kind of statement. Use one of: domain, standard, competency, practice, "
        "requirement, element, indicator, descriptor, ethic, resource.",
    ),
    "label too long": (
        HEAD + f"1,,competency,{'a' * 301}\n",
        "Row 2: “label” has 301 characters; at most 300 fit.",
    ),
    "code too long": (
        HEAD + f"{'1' * 41},,competency,A\n",
        "Row 2: “code” has 41 characters; at most 40 fit.",
    ),
    "neither yes nor no": (
        FULL + "1,,competency,A,,,perhaps,,\n",
        "Row 2, focus_selectable: “perhaps” is neither yes nor no.",
    ),
    "comma without quotation marks": (
        HEAD + "1,,competency,A, B and C\n",
        "Row 2: The row has more cells than the heading. "
        "A text with a comma needs quotation marks around it.",
    ),
    "two framework rows": (
        HEAD + ",,framework,One\n,,framework,Two\n1,,competency,A\n",
        "Row 3: There is a second framework row; one file holds one standard.",
    ),
    "quotation mark left open": (
        HEAD + '1,,competency,"A\n2,,competency,B\n',
        "Row 4: The file cannot be read as a table: a quotation mark is left open, or a cell is too large.",
    ),
    "cell beyond all measure": (
        HEAD + f"1,,competency,{'a' * 140_000}\n",
        "Row 3: The file cannot be read as a table: a quotation mark is left open, or a cell is too large.",
    ),
    "too deep": (
        HEAD + "".join(f"{n},{n - 1 if n > 1 else ''},element,A\n" for n in range(1, 10)),
        "Row 10: “A” stands deeper than 8 levels.",
    ),
    "too many": (
        HEAD + "".join(f"{n},,element,A\n" for n in range(5_001)),
        "The file has 5001 statements; at most 5000 are taken. Split it by part.",
    ),
}


def sentences(refusal: pytest.ExceptionInfo[StandardRefused]) -> list[str]:
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize(("text", "sentence"), TABLES.values(), ids=TABLES.keys())
def test_a_broken_table_is_refused_with_its_row(text: str, sentence: str) -> None:
    with pytest.raises(StandardRefused) as refusal:
        read_standard(text.encode(), filename="ours.csv")

    assert sentences(refusal) == [sentence]


FILES = {
    "empty": (b"", "The file is empty."),
    "white space": (b" \r\n\t\n", "The file is empty."),
    "too large": (b"a" * (MOST_BYTES + 1), "The file has more than 10 MB, which is the most that is taken."),
    "workbook": (
        b"PK\x03\x04rest",
        "This is a workbook or a zip file. Open it, save the sheet as CSV, and upload that.",
    ),
    "old workbook": (
        b"\xd0\xcf\x11\xe0rest",
        "This is an old Excel workbook. Open it, save the sheet as CSV, and upload that.",
    ),
    "PDF": (
        b"%PDF-1.7",
        "This is a PDF. A standard can be read from CASE JSON, Moodle CSV or a plain CSV table.",
    ),
    "binary": (
        b"label\n\x00\x01\x02",
        "The file contains bytes that are no text. Save it again as CSV or JSON in UTF-8.",
    ),
    "no encoding fits": (
        b"label\n\x81\x8d",
        "The letters of the file cannot be read. Save it again as CSV or JSON in UTF-8.",
    ),
    "half a UTF-16 letter": (
        b"\xff\xfel\x00a",
        "The letters of the file cannot be read. Save it again as CSV or JSON in UTF-8.",
    ),
    "JSON cut off": (
        b'{"CFDocument": {\n "title": ',
        "Line 2: The file is not valid JSON here (Expecting value, column 11).",
    ),
    "JSON of a list": (b"[]", "The file holds a list; a CASE package is one object with a CFDocument in it."),
    "JSON with an impossible number": (
        b'{"CFDocument": NaN}',
        "The file is not valid JSON: a number in it is impossible, or it is nested too deeply.",
    ),
    "JSON nested without end": (
        b'{"a":' + b"[" * 200_000,
        "The file is not valid JSON: a number in it is impossible, or it is nested too deeply.",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), FILES.values(), ids=FILES.keys())
def test_what_is_no_table_and_no_package_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(StandardRefused) as refusal:
        read_standard(data)

    assert sentences(refusal) == [sentence]


Change = Callable[[dict[str, Any]], object]


def child(package: dict[str, Any], number: int) -> dict[str, Any]:
    return package["CFAssociations"][number - 1]


PACKAGES: dict[str, tuple[Change, str]] = {
    "no document": (
        lambda p: p.pop("CFDocument"),
        "There is no CFDocument in the file: it is not a CASE package.",
    ),
    "document is a list": (
        lambda p: p.update(CFDocument=[]),
        "CFDocument: An object in braces was expected here.",
    ),
    "items are no list": (lambda p: p.update(CFItems={}), "“CFItems” has to be a list."),
    "item is no object": (
        lambda p: p["CFItems"].append("C3"),
        "CFItems 6: An object in braces was expected here.",
    ),
    "no title": (lambda p: p["CFDocument"].pop("title"), "CFDocument: “title” is missing; CASE requires it."),
    "title is a number": (lambda p: p["CFDocument"].update(title=5), "CFDocument: “title” has to be text."),
    "title too long": (
        lambda p: p["CFDocument"].update(title="t" * 201),
        "“title” has 201 characters; at most 200 fit.",
    ),
    "identifier missing": (
        lambda p: p["CFItems"][4].pop("identifier"),
        "CFItems 5: “identifier” is missing; CASE requires it.",
    ),
    "identifier that is none": (
        lambda p: p["CFItems"][4].update(identifier="C2"),
        "CFItems 5: “C2” is not an identifier of CASE (a UUID).",
    ),
    "identifier twice": (
        lambda p: p["CFItems"].append(p["CFItems"][0] | {"humanCodingScheme": "9"}),
        f"CFItems 6 (9): The identifier {GUID} also stands in CFItems 1 (1). Each may stand once.",
    ),
    "code twice": (
        lambda p: p["CFItems"][4].update(humanCodingScheme="1.a"),
        "CFItems 5 (1.a): The code “1.a” also stands in CFItems 2 (1.a). Each code may stand once.",
    ),
    "no statement": (
        lambda p: p["CFItems"][2].pop("fullStatement"),
        "CFItems 3: “fullStatement” is missing; CASE requires it.",
    ),
    "half a character": (
        lambda p: p["CFItems"][2].update(notes="\ud800"),
        "CFItems 3 (1.b): “summary” contains a character that is not text. Type the passage again.",
    ),
    "a NUL": (
        lambda p: p["CFItems"][2].update(notes="a\x00b"),
        "CFItems 3 (1.b): “summary” contains a character that is not text. Type the passage again.",
    ),
    "an address that runs code": (
        lambda p: p["CFDocument"].update(officialSourceURL="javascript:alert(1)"),
        "“source_url” is not a web address that starts with http:// or https://: javascript:alert(1)",
    ),
    "parent not in the file": (
        lambda p: child(p, 2)["destinationNodeURI"].update(identifier="elsewhere"),
        "CFAssociations 2: The parent of this item is not in the file: elsewhere.",
    ),
    "child not in the file": (
        lambda p: p["CFAssociations"].append(
            child(p, 1) | {"originNodeURI": {"title": "", "identifier": "x", "uri": "x"}}
        ),
        "CFAssociations 7: The item that is placed here is not in the file: x.",
    ),
    "two parents": (
        lambda p: p["CFAssociations"].append(
            child(p, 2) | {"destinationNodeURI": child(p, 4)["originNodeURI"]}
        ),
        "CFAssociations 7: “1.a” has more than one parent. Keep one isChildOf; write the others as isPartOf.",
    ),
    "own parent": (
        lambda p: child(p, 1).update(destinationNodeURI=child(p, 1)["originNodeURI"]),
        "CFItems 1 (1): “1” is its own parent.",
    ),
    "circle": (
        lambda p: child(p, 1).update(destinationNodeURI=child(p, 2)["originNodeURI"]),
        "CFItems 1 (1): These statements stand under each other in a circle: 1 → 1.a.",
    ),
    "no destination": (
        lambda p: child(p, 3).pop("destinationNodeURI"),
        "CFAssociations 3: The association lacks its origin or its destination.",
    ),
    "unknown association": (
        lambda p: child(p, 6).update(associationType="contradicts"),
        "CFAssociations 6: “contradicts” is not an association type of CASE.",
    ),
    "order that is no number": (
        lambda p: child(p, 2).update(sequenceNumber="first"),
        "CFAssociations 2: “sequenceNumber” has to be a number of ordinary size.",
    ),
    "level without a name": (
        lambda p: p["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][1].pop("quality"),
        "Level 2 of the scale has no name.",
    ),
    "two levels of one value": (
        lambda p: p["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][1].update(score=1),
        "Two levels of the scale have the same value.",
    ),
}


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(("change", "sentence"), PACKAGES.values(), ids=PACKAGES.keys())
def test_a_broken_package_is_refused_with_its_place(change: Change, sentence: str, version: str) -> None:
    package = json.loads(case.write(small(), version=version, changed_at=datetime(2026, 8, 15, tzinfo=UTC)))
    change(package)

    with pytest.raises(StandardRefused) as refusal:
        read_standard(json.dumps(package).encode())

    assert sentence in sentences(refusal)


def frame(**cells: str) -> str:
    return moodle_row(
        **{"id": "LOCAL", "name": "Local", "frame": "1", "taxonomy": '"competency,indicator"'} | cells
    )


def moodle_row(**cells: str) -> str:
    order = (
        "parent",
        "id",
        "name",
        "text",
        "format",
        "scale",
        "setting",
        "",
        "",
        "",
        "related",
        "",
        "frame",
        "taxonomy",
    )
    return ",".join(cells.get(name, "") for name in order) + "\n"


MOODLE_HEAD = moodle.write(small()).split("\r\n")[0] + "\n"
ONE = moodle_row(id="C1", name="Learns")
FRAMEWORKS = {
    "no framework row": (ONE, "The file needs exactly one row with “Is framework” set; it has 0."),
    "two framework rows": (
        frame() + frame() + ONE,
        "Row 3: The file needs exactly one row with “Is framework” set; it has 2.",
    ),
    "framework with a parent": (frame(parent="C1") + ONE, "Row 2: The framework row must not have a parent."),
    "framework without ID number": (
        frame(id="") + ONE,
        "Row 2, ID number: The framework has no ID number.",
    ),
    "framework without a name": (frame(name="") + ONE, "The standard has no title."),
    "row without ID number": (
        frame() + moodle_row(name="Learns"),
        "Row 3, ID number: The row has no ID number; Moodle would drop it, and all that stands under it.",
    ),
    "row without a name": (
        frame() + moodle_row(id="C1"),
        "Row 3: The statement is empty: it has no words.",
    ),
    "ID number twice": (
        frame() + ONE + ONE,
        "Row 4: The code “C1” also stands in row 3. Each code may stand once.",
    ),
    "parent missing": (
        frame() + ONE + moodle_row(parent="C9", id="C2", name="B"),
        "Row 4, Parent ID number: The parent “C9” is not the ID number of any row.",
    ),
    "own parent": (frame() + moodle_row(parent="C1", id="C1", name="B"), "Row 3: “C1” is its own parent."),
    "unknown taxonomy": (
        frame(taxonomy="virtue") + ONE,
        "Row 2, Taxonomy: “virtue” is not a word of Moodle’s taxonomies.",
    ),
    "unknown cross-reference": (
        frame() + moodle_row(id="C1", name="A", related="C7"),
        "Row 3, Cross-referenced competency ID numbers: "
        "The cross-referenced “C7” is not the ID number of any row.",
    ),
    "cross-reference to itself": (
        frame() + moodle_row(id="C1", name="A", related="C1"),
        "Row 3: A statement is linked to itself.",
    ),
    "scale configuration cut": (
        frame(setting="[{") + ONE,
        "Row 2, Scale configuration: The scale configuration is not the list that Moodle writes. "
        "Have the columns slipped?",
    ),
    "a fifteenth column": (
        frame() + ONE.rstrip("\n") + ",x\n",
        "Row 3: The row has 15 cells; a competency framework has fourteen columns.",
    ),
}


@pytest.mark.parametrize(("rows", "sentence"), FRAMEWORKS.values(), ids=FRAMEWORKS.keys())
def test_a_broken_moodle_framework_is_refused_with_its_row(rows: str, sentence: str) -> None:
    with pytest.raises(StandardRefused) as refusal:
        read_standard((MOODLE_HEAD + rows).encode())

    assert sentences(refusal) == [sentence]


def test_every_problem_of_a_file_is_named_at_once_in_the_order_of_its_rows() -> None:
    with pytest.raises(StandardRefused) as refusal:
        plain_csv.read(HEAD + "1,,virtue,\n1,9,competency,B\n", title="T")

    assert [problem.line for problem in refusal.value.problems] == [2, 2, 3, 3]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    for start in (b"", b"label\n", b'{"CFDocument":', MOODLE_HEAD.encode()):
        try:
            document = read_standard(start + data, filename="f.csv").document
        except StandardRefused as refusal:
            assert refusal.problems
        else:
            assert check(document) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5) | GUIDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["identifier", "uri", "CFItemURI", "title"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_value_anywhere_in_a_package_raises_anything_but_a_refusal(data: st.DataObject) -> None:
    """One value of a good package, at any depth, is replaced by any JSON."""
    package = json.loads(case.write(small(), version="1.1", changed_at=datetime(2026, 8, 15, tzinfo=UTC)))
    here: Any = package
    while True:
        key = data.draw(
            st.sampled_from(sorted(here)) if isinstance(here, dict) else st.integers(0, len(here) - 1)
        )
        if not isinstance(here[key], (dict, list)) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = data.draw(JSON)

    try:
        case.read(json.dumps(package))
    except StandardRefused as refusal:
        assert refusal.problems


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-1, 7), min_size=8, max_size=8))
def test_a_tree_is_accepted_exactly_when_every_node_reaches_the_top(parents: list[int]) -> None:
    guids = [f"3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c00{n:02d}" for n in range(8)]
    nodes = tuple(
        NodeRecord(guids[n], "element", f"Node {n}", parent="" if parent < 0 else guids[parent])
        for n, parent in enumerate(parents)
    )

    found = check(StandardDocument("T", "3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0099", nodes=nodes))

    def reaches_top(node: int) -> bool:
        for _ in range(9):
            if node < 0:
                return True
            node = parents[node]
        return False

    assert (found == []) == all(map(reaches_top, range(8)))
