"""Corners of the formats that other systems really use, and limits that no ordinary file reaches."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cohorts.interchange import LinkRecord, NodeRecord, ScaleLevel, StandardDocument, case, moodle, plain_csv
from cohorts.interchange.checking import check
from cohorts.interchange.moodle.html import texts_of
from tests.cohorts.standard_samples import small

NOON = datetime(2026, 8, 15, 12, tzinfo=UTC)


def package(document: StandardDocument, version: str = "1.1") -> dict[str, Any]:
    return json.loads(case.write(document, version=version, changed_at=NOON))


def said(document: StandardDocument) -> list[str]:
    return [problem.sentence for problem in check(document)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"levels": (ScaleLevel(0, "None"),)}, "Level “None” has a value below 1 or far too large."),
        (
            {"levels": (ScaleLevel(1, "x" * 81),)},
            "The name of level 1 has more than 80 characters, or one that is not text.",
        ),
        (
            {"identifier": "17"},
            "“17” is not an identifier of the form 8-4-4-4-12 letters and digits (a UUID).",
        ),
        (
            {"source_url": "http://[broken"},
            "“source_url” is not a web address that starts with http:// or https://: http://[broken",
        ),
        (
            {"links": (LinkRecord("a", "b", "hates"),)},
            "“hates” is not a kind of link. Use one of: isPeerOf, isPartOf, exactMatchOf, precedes, "
            "isRelatedTo, replacedBy, exemplar, hasSkillLevel, isTranslationOf.",
        ),
        (
            {"links": (LinkRecord("a", "b", "isPeerOf", "g" * 121),)},
            "The name of the group has more than 120 characters, or one that is not text.",
        ),
        (
            {"nodes": (NodeRecord("3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0010", "element", "A", parent="lost"),)},
            "“A” belongs under a statement that is not in the file.",
        ),
    ],
)
def test_what_no_reader_lets_through_is_checked_all_the_same(change: dict[str, Any], sentence: str) -> None:
    assert sentence in said(replace(small(), **change))


def test_an_extension_type_of_association_comes_back_in_1_1() -> None:
    link = replace(small().links[0], group="ext:teaches")
    document = replace(small(), links=(link,))

    written = package(document)

    assert written["CFAssociations"][-1]["associationType"] == "ext:teaches"
    assert case.read(json.dumps(written)).links == (link,)


def test_a_translation_is_related_in_1_0() -> None:
    document = replace(small(), links=(replace(small().links[0], kind="isTranslationOf"),))

    written = package(document, "1.0")

    assert written["CFAssociations"][-1]["associationType"] == "isRelatedTo"


def test_a_long_statement_gives_its_first_words_as_a_label_and_stays_whole() -> None:
    written = package(small())
    long = "A leader learns in public. " * 20
    written["CFItems"][2] |= {"fullStatement": long, "abbreviatedStatement": ""}
    written["CFItems"][3] |= {"fullStatement": "Two\nlines", "abbreviatedStatement": None}

    nodes = case.read(json.dumps(written)).nodes

    assert len(nodes[2].label) <= 300
    assert nodes[2].label.endswith("in public. A…")
    assert nodes[2].official_text == long.strip()
    assert (nodes[3].label, nodes[3].official_text) == ("Two", "Two\nlines")


def test_levels_without_scores_go_by_their_place() -> None:
    written = package(small())
    levels = written["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
    for level in levels:
        level.pop("score")
    for level in levels[:2]:
        level.pop("position")

    assert case.read(json.dumps(written)).levels == small().levels


def test_a_link_about_the_whole_document_is_left_out_and_said() -> None:
    written = package(small())
    link = written["CFAssociations"][-1]
    link["destinationNodeURI"]["identifier"] = written["CFDocument"]["identifier"]

    document = case.read(json.dumps(written))

    assert document.links == ()
    assert len(document.remarks) == 1


def test_an_item_that_is_placed_nowhere_stands_at_the_top_after_the_others() -> None:
    written = package(small())
    written["CFAssociations"] = [
        one for one in written["CFAssociations"] if one["originNodeURI"]["title"] != "1.a"
    ]

    assert [(n.code, n.parent) for n in case.read(json.dumps(written)).nodes][-1] == ("1.a", "")


def test_html_of_moodle_becomes_plain_text_with_quotations_apart() -> None:
    html = (
        "<style>p {}</style><p>One &amp;<br>two</p><script>alert(1)</script><ul><li>three</li></ul><p></p>"
        "<blockquote>Official <b>words</b>\r\nhere</blockquote></blockquote></script>after"
    )

    assert texts_of(html) == ("One &\ntwo\n\nthree\n\nafter", "Official words here")


def test_moodle_names_are_cut_between_words() -> None:
    long = "Keeps learning where others can see it " * 4
    document = replace(small(), nodes=(replace(small().nodes[0], label=long.strip()), *small().nodes[1:]))

    label = moodle.read(moodle.write(document)).nodes[0].label

    assert label == long[:99].rsplit(" ", 1)[0] + "…"


def test_a_description_that_is_no_html_is_taken_as_it_stands() -> None:
    text = moodle.write(small()).replace(",1,,,,,null,", ",2,,,,,null,").replace("<p>", "<")

    assert moodle.read(text).nodes[0].summary == "<Learns where others can see it.</p>"


def test_a_table_of_short_rows_and_an_unnamed_column_is_read() -> None:
    document = plain_csv.read("label,code,,\nLearns\nAsks,2,,\n", title="T")

    assert [(n.label, n.code) for n in document.nodes] == [("Learns", ""), ("Asks", "2")]


def test_lax_identifiers_and_quoted_numbers_of_published_packages_are_taken() -> None:
    """1.0 lets any hexadecimal digits pass as an identifier; each reading makes the same strict one of it."""
    text = case.write(small(), version="1.0", changed_at=NOON).replace(
        "3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0010", "00000000-0000-0000-0000-0000000000AA"
    )
    written = json.loads(text)
    for one in written["CFAssociations"]:
        if "sequenceNumber" in one:
            one["sequenceNumber"] = str(one["sequenceNumber"])

    first, second = case.read(json.dumps(written)), case.read(json.dumps(written))

    assert first == second
    assert [(n.code, n.label) for n in first.nodes] == [(n.code, n.label) for n in small().nodes]
    assert case.read(case.write(first, version="1.1", changed_at=NOON)).nodes == first.nodes
