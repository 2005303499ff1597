"""Adopting, importing, exporting and editing standards: what is stored, and what must stay as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.interchange import NodeRecord, StandardDocument, StandardRefused, case, moodle, plain_csv
from cohorts.interchange.library import library
from cohorts.models import NodeLink, ProgramYear, Scale, Standard
from cohorts.services.standards import (
    adopt_library_standard,
    edit_words,
    export_document,
    import_standard,
    is_settled,
    plan_import,
)
from cohorts.services.standards.adopting import NotInLibraryError
from cohorts.services.standards.wording import Words
from tests.cast import Cast, make_year
from tests.cohorts.standard_samples import small

NOON = datetime(2026, 8, 15, 12, tzinfo=UTC)


def wording(standard: Standard) -> list[tuple[str, str, str, str]]:
    return [(n.code, n.label, n.summary, n.official_text) for n in standard.nodes.order_by("position", "pk")]


def changed(document: StandardDocument, which: str, **values: object) -> StandardDocument:
    nodes = tuple(replace(node, **values) if node.code == which else node for node in document.nodes)
    return replace(document, nodes=nodes)


@pytest.fixture
def stored(cast: Cast) -> Standard:
    """The small sample, imported by the program lead."""
    return import_standard(by=cast.lead, district=cast.district, document=small())


@pytest.fixture
def settled(cast: Cast, stored: Standard) -> Standard:
    """The same, with an open program year on it."""
    make_year(cast.cohort, stored, label="2027–28")
    return stored


@pytest.mark.parametrize("slug", [one.slug for one in library()])
def test_adopting_copies_a_shipped_standard_as_it_is(cast: Cast, slug: str) -> None:
    standard = adopt_library_standard(by=cast.manager, district=cast.district, slug=slug)

    shipped = next(one.document for one in library() if one.slug == slug)
    assert export_document(standard) == shipped
    assert standard.status == Standard.Status.IN_USE


def test_adopting_twice_gives_the_copy_that_is_there(cast: Cast) -> None:
    first = adopt_library_standard(by=cast.manager, district=cast.district, slug="psel-2015")

    assert adopt_library_standard(by=cast.manager, district=cast.district, slug="psel-2015") == first


def test_two_districts_adopt_the_same_standard_apart(cast: Cast, other: Cast) -> None:
    ours = adopt_library_standard(by=cast.lead, district=cast.district, slug="psel-2015")
    theirs = adopt_library_standard(by=other.lead, district=other.district, slug="psel-2015")

    assert ours.pk != theirs.pk
    assert ours.identifier == theirs.identifier


def test_what_does_not_ship_cannot_be_adopted(cast: Cast) -> None:
    with pytest.raises(NotInLibraryError):
        adopt_library_standard(by=cast.lead, district=cast.district, slug="made-up")


@pytest.mark.parametrize("who", ["participant", "facilitator", "researcher", "stranger"])
def test_only_those_who_configure_the_district_import(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        import_standard(by=getattr(cast, who), district=cast.district, document=small())

    assert Standard.objects.filter(title="Local standard").count() == 0


def test_an_import_is_not_led_into_another_district(cast: Cast, other: Cast) -> None:
    with pytest.raises(PermissionDenied):
        import_standard(by=cast.lead, district=cast.district, document=small(), into=other.standard)


def test_a_new_standard_is_stored_as_the_file_says(stored: Standard) -> None:
    assert export_document(stored) == small()


@pytest.mark.parametrize(
    "again",
    [
        lambda d: case.read(case.write(d, version="1.0", changed_at=NOON)),
        lambda d: case.read(case.write(d, version="1.1", changed_at=NOON)),
        lambda d: moodle.read(moodle.write(d)),
        lambda d: plain_csv.read(plain_csv.write(d)),
    ],
    ids=["CASE 1.0", "CASE 1.1", "Moodle", "plain CSV"],
)
@pytest.mark.parametrize("slug", [None, *(one.slug for one in library())])
def test_what_is_exported_comes_back_to_the_same_rows(cast: Cast, again, slug: str | None) -> None:
    standard = (
        adopt_library_standard(by=cast.lead, district=cast.district, slug=slug)
        if slug
        else import_standard(by=cast.lead, district=cast.district, document=small())
    )
    make_year(cast.cohort, standard, label="2027–28")
    document = export_document(standard)
    rows = list(standard.nodes.values())

    back = again(document)
    plan = plan_import(district=cast.district, document=back)
    import_standard(by=cast.lead, district=cast.district, document=back)

    assert (plan.standard, plan.new, plan.changed, plan.absent, plan.header) == (standard, (), (), (), ())
    assert not plan.as_new_version
    assert list(standard.nodes.values()) == rows
    assert export_document(Standard.objects.get(pk=standard.pk)) == document


def test_a_second_import_updates_by_identifier(cast: Cast, stored: Standard) -> None:
    document = changed(small(), "1.b", label="Reads research", code="1.z")

    plan = plan_import(district=cast.district, document=document)
    again = import_standard(by=cast.lead, district=cast.district, document=document)

    assert [(c.record.code, c.fields) for c in plan.changed] == [("1.z", ("code", "label"))]
    assert len(plan.unchanged) == 4
    assert again == stored
    assert export_document(again) == document


def test_statements_may_exchange_their_codes(cast: Cast, stored: Standard) -> None:
    document = changed(changed(changed(small(), "1.a", code="x"), "1.b", code="1.a"), "x", code="1.b")

    import_standard(by=cast.lead, district=cast.district, document=document)

    assert export_document(stored) == document


def test_a_table_without_identifiers_is_matched_by_code(cast: Cast, stored: Standard) -> None:
    document = plain_csv.read("code,label,official_text\n1,Keeps learning,The official words.\n", title="Any")

    plan = plan_import(district=cast.district, document=document, into=stored)
    import_standard(by=cast.lead, district=cast.district, document=document, into=stored)

    assert [(c.record.code, c.fields) for c in plan.changed] == [("1", ("official_text",))]
    assert len(plan.absent) == 4
    expected = changed(small(), "1", official_text="The official words.")
    assert export_document(Standard.objects.get(pk=stored.pk)) == expected


def test_absent_statements_stay_unless_their_removal_is_asked_for(cast: Cast, stored: Standard) -> None:
    document = replace(small(), nodes=small().nodes[:3], links=())

    import_standard(by=cast.lead, district=cast.district, document=document)
    assert stored.nodes.count() == 5

    import_standard(by=cast.lead, district=cast.district, document=document, remove_absent=True)
    assert [code for code, *_ in wording(stored)] == ["1", "1.a", "1.b"]


def test_an_absent_statement_that_something_refers_to_stays_with_what_is_above_it(
    cast: Cast, stored: Standard
) -> None:
    make_year(cast.cohort, stored, label="2027–28", state=ProgramYear.State.DRAFT)
    document = replace(small(), nodes=small().nodes[:3], links=())

    plan = plan_import(district=cast.district, document=document, remove_absent=True)
    import_standard(by=cast.lead, district=cast.district, document=document, remove_absent=True)

    assert [node.code for node in plan.kept] == ["2"]
    assert [code for code, *_ in wording(stored)] == ["1", "1.a", "1.b", "2"]


def test_a_code_that_an_absent_statement_keeps_is_a_problem_and_nothing_is_stored(
    cast: Cast, stored: Standard
) -> None:
    document = replace(
        changed(small(), "1.a", code="2"), nodes=changed(small(), "1.a", code="2").nodes[:3], links=()
    )

    with pytest.raises(StandardRefused) as refusal:
        import_standard(by=cast.lead, district=cast.district, document=document)

    assert [p.sentence for p in refusal.value.problems] == [
        "The code “2” belongs to “'-Leads a community”, which the file lacks and which stays."
    ]
    assert export_document(stored) == small()


def test_new_words_for_a_settled_standard_make_a_new_version(cast: Cast, settled: Standard) -> None:
    before = wording(settled)
    document = replace(changed(small(), "1.a", label="Asks many people for feedback"), version="2027")

    plan = plan_import(district=cast.district, document=document)
    fresh = import_standard(by=cast.lead, district=cast.district, document=document)

    assert plan.as_new_version
    assert [year.label for year in plan.years] == ["2027–28"]
    assert wording(settled) == before
    assert (fresh.replaces, fresh.version, fresh.pk == settled.pk) == (settled, "2027", False)
    assert wording(fresh)[1] == ("1.a", "Asks many people for feedback", "", small().nodes[1].official_text)
    replaced = NodeLink.objects.filter(kind="replacedBy", origin__standard=settled)
    assert {(link.origin.identifier, link.destination.standard_id) for link in replaced} == {
        (node.identifier, fresh.pk) for node in small().nodes
    }


def test_importing_the_same_file_again_goes_to_the_newest_version(cast: Cast, settled: Standard) -> None:
    document = changed(small(), "1.a", label="Asks many people for feedback")
    fresh = import_standard(by=cast.lead, district=cast.district, document=document)

    again = import_standard(by=cast.lead, district=cast.district, document=document)

    assert again == fresh
    assert fresh.version == "2026 rev. 2"
    assert Standard.objects.filter(replaces__isnull=False).count() == 1


def test_filling_an_empty_official_text_of_a_settled_standard_makes_no_version(
    cast: Cast, settled: Standard
) -> None:
    document = changed(small(), "1.b", official_text="The official words.")

    same = import_standard(by=cast.lead, district=cast.district, document=document)

    assert same == settled
    assert export_document(same) == document


def test_adding_a_statement_to_a_settled_standard_makes_no_version(cast: Cast, settled: Standard) -> None:
    extra = NodeRecord("3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0077", "competency", "A third", code="3", position=9)
    document = replace(small(), nodes=(*small().nodes, extra))

    assert import_standard(by=cast.lead, district=cast.district, document=document) == settled
    assert settled.nodes.count() == 6


def test_removing_from_a_settled_standard_makes_a_version_without_it(cast: Cast, settled: Standard) -> None:
    document = replace(small(), nodes=small().nodes[:3], links=())

    fresh = import_standard(by=cast.lead, district=cast.district, document=document, remove_absent=True)

    assert settled.nodes.count() == 5
    assert [code for code, *_ in wording(fresh)] == ["1", "1.a", "1.b"]


def test_a_draft_year_does_not_hold_the_wording(cast: Cast, stored: Standard) -> None:
    make_year(cast.cohort, stored, label="2027–28", state=ProgramYear.State.DRAFT)

    assert not is_settled(stored)


def test_an_import_fails_as_a_whole(cast: Cast, stored: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something breaks after the statements are stored: not one of them stays."""

    def broken(*args: object) -> None:
        raise RuntimeError("lost")

    monkeypatch.setattr("cohorts.services.standards.applying._store_links", broken)
    with pytest.raises(RuntimeError, match="lost"):
        import_standard(
            by=cast.lead, district=cast.district, document=changed(small(), "1", label="Other words")
        )

    assert export_document(stored) == small()


def test_the_same_levels_are_shared_and_different_ones_stand_apart(cast: Cast, stored: Standard) -> None:
    other = replace(
        small(), identifier="3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0999", levels=small().levels[:3], title="Second"
    )
    same = replace(other, identifier="3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0998", levels=small().levels)

    second = import_standard(by=cast.lead, district=cast.district, document=other)
    third = import_standard(by=cast.lead, district=cast.district, document=same)

    assert third.scale == stored.scale
    assert second.scale is not None
    assert second.scale.name == "Growth (2)"
    assert Scale.objects.filter(name__startswith="Growth (").count() == 1


def test_editing_words_fills_what_was_empty_in_place(cast: Cast, settled: Standard) -> None:
    node = settled.nodes.get(code="1.b")

    same = edit_words(by=cast.lead, standard=settled, words={node.pk: Words("Ours.", "Theirs.")})

    node.refresh_from_db()
    assert (same, node.summary, node.official_text) == (settled, "Ours.", "Theirs.")


def test_editing_words_that_are_settled_makes_a_version(cast: Cast, settled: Standard) -> None:
    node = settled.nodes.get(code="1")
    before = wording(settled)

    fresh = edit_words(by=cast.lead, standard=settled, words={node.pk: Words("Other words.", "")})

    assert wording(settled) == before
    assert fresh.replaces == settled
    assert fresh.nodes.get(code="1").summary == "Other words."


def test_words_for_a_replaced_version_go_to_the_newest_one_and_a_second_click_does_nothing(
    cast: Cast, settled: Standard
) -> None:
    node, other = settled.nodes.get(code="1"), settled.nodes.get(code="1.b")
    before = wording(settled)
    words = {node.pk: Words("Other words.", "")}
    fresh = edit_words(by=cast.lead, standard=settled, words=words)

    again = edit_words(by=cast.lead, standard=settled, words=words)
    third = edit_words(by=cast.manager, standard=settled, words={other.pk: Words("Ours.")})

    assert again == third == fresh
    assert wording(settled) == before
    assert fresh.nodes.get(code="1.b").summary == "Ours."
    assert Standard.objects.filter(replaces__isnull=False).count() == 1


def test_only_those_who_configure_the_district_edit_words(cast: Cast, stored: Standard) -> None:
    with pytest.raises(PermissionDenied):
        edit_words(by=cast.participant, standard=stored, words={})


def test_words_of_another_standard_are_not_reached(cast: Cast, stored: Standard) -> None:
    foreign = cast.standard.nodes.get(code="1")

    edit_words(by=cast.lead, standard=stored, words={foreign.pk: Words("Mine now.", "")})

    foreign.refresh_from_db()
    assert foreign.summary == "What competency 1 is about."


def test_links_to_what_the_district_does_not_have_are_left_out_and_said(cast: Cast) -> None:
    link = replace(small().links[0], destination="3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0555")
    document = replace(small(), links=(*small().links, link))

    plan = plan_import(district=cast.district, document=document)
    standard = import_standard(by=cast.lead, district=cast.district, document=document)

    assert plan.outside_links == (link,)
    assert export_document(standard).links == small().links


def test_a_title_and_an_order_that_changed_are_taken_over(cast: Cast, stored: Standard) -> None:
    document = export_document(stored)
    turned = tuple(
        replace(node, position=len(document.nodes) - place) for place, node in enumerate(document.nodes)
    )

    again = import_standard(
        by=cast.lead, district=cast.district, document=replace(document, title="Renamed", nodes=turned)
    )

    assert (again.pk, again.title) == (stored.pk, "Renamed")


def test_what_a_file_lacks_keeps_a_place_among_its_siblings(cast: Cast, stored: Standard) -> None:
    document = export_document(stored)
    parents = {node.parent for node in document.nodes}
    leaf = next(node for node in document.nodes if node.identifier not in parents)
    fewer = tuple(
        replace(node, position=place)
        for place, node in enumerate(reversed([n for n in document.nodes if n != leaf]))
    )

    import_standard(by=cast.lead, district=cast.district, document=replace(document, nodes=fewer))

    places = list(stored.nodes.values_list("position", flat=True))
    assert len(set(places)) == len(places)
    assert stored.nodes.filter(identifier=leaf.identifier).exists()
