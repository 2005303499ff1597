"""The shipped standards: complete by their published counts, and without anyone's official wording."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from cohorts.interchange import StandardDocument, case
from cohorts.interchange.library import from_library, library


def named(slug: str) -> StandardDocument:
    document = from_library(slug)
    assert document is not None
    return document


def test_five_standards_ship() -> None:
    assert {one.slug for one in library()} == {
        "aitsl-principals",
        "alberta-lqs",
        "england-headteachers-2020",
        "ontario-leadership-framework",
        "psel-2015",
    }


@pytest.mark.parametrize("slug", [one.slug for one in library()])
def test_no_official_wording_ships_and_source_and_license_are_named(slug: str) -> None:
    document = named(slug)

    assert [node.official_text for node in document.nodes if node.official_text] == []
    assert document.source_url
    assert document.license
    assert document.note


@pytest.mark.parametrize("slug", [one.slug for one in library()])
def test_a_shipped_standard_survives_case(slug: str) -> None:
    document = named(slug)

    assert (
        case.read(case.write(document, version="1.1", changed_at=datetime(2026, 8, 1, tzinfo=UTC)))
        == document
    )


def test_alberta_has_nine_competencies_and_fifty_seven_indicators_in_our_words() -> None:
    document = named("alberta-lqs")

    competencies = [node for node in document.nodes if node.kind == "competency"]
    children = Counter(node.parent for node in document.nodes)
    assert [children[node.identifier] for node in competencies] == [10, 4, 6, 9, 4, 9, 5, 6, 4]
    assert all(node.focus_selectable and not node.ratable for node in competencies)
    assert all(node.summary and node.ratable for node in document.nodes if node.kind == "indicator")
    assert [level.label for level in document.levels] == ["Beginning", "Developing", "Achieving", "Excelling"]


def test_psel_ships_ten_names_and_nothing_else() -> None:
    nodes = named("psel-2015").nodes

    assert [node.code for node in nodes] == [str(number) for number in range(1, 11)]
    assert {node.summary for node in nodes} == {""}


def test_the_ethics_of_england_are_neither_asked_about_nor_chosen() -> None:
    nodes = named("england-headteachers-2020").nodes

    ethics = [node for node in nodes if node.kind == "ethic"]
    assert len(ethics) == 7
    assert not any(node.ratable or node.focus_selectable for node in ethics)
    assert sorted(int(node.code) for node in nodes if node.kind == "standard") == list(range(1, 11))


def test_ontario_has_twenty_one_practices_and_ten_resources() -> None:
    nodes = named("ontario-leadership-framework").nodes

    parents = {node.parent for node in nodes}
    assert sum(node.kind == "practice" for node in nodes) == 21
    assert sum(node.kind == "resource" and node.identifier not in parents for node in nodes) == 10


def test_australia_is_a_matrix_of_cross_links() -> None:
    document = named("aitsl-principals")

    codes = {node.identifier: node.code for node in document.nodes}
    pairs = {(codes[link.origin], codes[link.destination]) for link in document.links}
    assert pairs == {(f"P{p}", f"R{r}") for p in range(1, 6) for r in range(1, 4)}


def test_identifiers_of_the_library_never_change() -> None:
    """Rows that districts copied in are matched by these; changing one would orphan them."""
    assert named("alberta-lqs").identifier == "b02f4702-b1c1-597d-9b09-efa976043149"


def test_a_standard_that_does_not_ship_is_none() -> None:
    assert from_library("../secrets") is None
