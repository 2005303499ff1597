"""Open answers for programs that code texts: who is in it, and that the file fits together.

The file of the demo was checked against Project-mrt2019.xsd of the REFI-QDA working group.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from leaderdev.common.refusals import RefusedError
from surveys.export import check_quoted, codes_of, exportable, table_of
from surveys.interchange import qualitative
from surveys.interchange.data_files import Column, Table
from surveys.interchange.qualitative import Code
from surveys.models import Item, Response
from tests.surveys import samples
from tests.surveys.answered import answered_survey

SPACE = {"q": qualitative.PROJECT}
CODES = (Code("2f0c1b9a-0000-4000-8000-000000000001", "1 Trust", "About trust."), Code("urn:x:2", "2 Care"))
TABLE = Table(
    "Growth \x0b& more",
    (
        Column("pid", "Random id", is_text=True),
        Column("focus_pre", "Focus, before", levels=((1, "Trust"), (2, "Care"))),
        Column("role_pre", "Role group, before", is_text=True),
        Column("q01_pre", "1. A statement.", "ordinal", item="1", wave="pre"),
        Column("why_pre", "Why <this>?", item="why", wave="pre", is_text=True),
    ),
    (("aa", 1, "principal", 3, "Because\r\nit is é."), ("bb", None, "", 2, ""), ("cc", 2, None, 4, "So.")),
)


def opened(content: bytes) -> tuple[ET.Element, dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {
            name.removeprefix("sources/").removesuffix(".txt"): archive.read(name).decode()
            for name in archive.namelist()
            if name != "project.qde"
        }
        return ET.fromstring(archive.read("project.qde")), texts


def guids(root: ET.Element, path: str, name: str = "guid") -> list[str]:
    return [str(node.get(name)) for node in root.findall(path, SPACE)]


def test_the_parts_stand_in_the_order_of_the_schema() -> None:
    root, _texts = opened(qualitative.project(TABLE, CODES))
    assert [node.tag.rpartition("}")[2] for node in root] == [
        "Users",
        "CodeBook",
        "Variables",
        "Cases",
        "Sources",
        "Sets",
    ]
    assert root.get("name") == "Growth & more"
    every = [str(node.get("guid")) for node in root.iter() if node.get("guid")]
    assert len(every) == len(set(every))
    assert [str(uuid.UUID(each)) for each in every] == every


def test_each_answer_is_a_text_of_its_case() -> None:
    root, texts = opened(qualitative.project(TABLE, CODES))
    assert sorted(texts.values()) == ["Because\nit is é.", "So."]
    sources = guids(root, "q:Sources/q:TextSource")
    assert sorted(sources) == sorted(texts)
    assert guids(root, ".//q:TextSource", "plainTextPath") == [f"internal://{each}.txt" for each in sources]
    assert guids(root, ".//q:SourceRef", "targetGUID") == sources
    assert guids(root, ".//q:MemberSource", "targetGUID") == sources
    cases = root.findall("q:Cases/q:Case", SPACE)
    told = [[value.text for value in case.iter(f"{{{qualitative.PROJECT}}}TextValue")] for case in cases]
    assert dict(zip([case.get("name") for case in cases], told, strict=True)) == {
        "aa": ["Trust", "principal"],
        "bb": [],
        "cc": ["Care"],
    }
    assert set(guids(root, ".//q:VariableRef", "targetGUID")) <= set(guids(root, ".//q:Variable"))


def test_codes_keep_their_identifier_from_file_to_file() -> None:
    book = ET.fromstring(qualitative.codebook(CODES))
    codes = [(code.get("guid"), code.get("name")) for code in book.iter(f"{{{qualitative.CODEBOOK}}}Code")]
    assert codes[0] == ("2f0c1b9a-0000-4000-8000-000000000001", "1 Trust")
    root, _texts = opened(qualitative.project(TABLE, CODES))
    assert guids(root, ".//q:Code") == [guid for guid, _name in codes]


def test_what_the_format_does_not_allow_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one code"):
        qualitative.codebook(())
    with pytest.raises(ValueError, match="at least one code"):
        qualitative.project(TABLE, ())
    with pytest.raises(ValueError, match="no open answer"):
        qualitative.project(Table("Growth", TABLE.columns[:4], ()), CODES)
    bare = Table("Growth", (TABLE.columns[0], TABLE.columns[4]), (("aa", "Words."),))
    assert opened(qualitative.project(bare, CODES))[0].find("q:Variables", SPACE) is None


@pytest.fixture
def said(cast):
    """Twelve answered the open question and may be quoted, one may not, one did not agree to research."""
    survey = answered_survey(cast)
    why = str(Item.objects.get(section__instrument=survey.instrument, kind="open").pk)
    rows = list(survey.waves.get(slug="pre").responses.order_by("pairing_key")[:14])
    for place, row in enumerate(rows):
        row.words, row.consent_quotes = {why: f"Sentence {place:02}."}, place != 3
    Response.objects.bulk_update(rows, ["words", "consent_quotes"])
    return survey


@pytest.mark.django_db
def test_only_quotable_answers_of_agreeing_people_are_handed_out(client, cast, said) -> None:
    client.force_login(cast.researcher)
    page = client.get(reverse("surveys:export", args=[said.slug])).content.decode()
    assert "answers.qdpx" in page
    answer = client.get(reverse("surveys:export_file", args=[said.slug, "answers.qdpx"]))
    root, texts = opened(answer.content)
    assert sorted(texts.values()) == [f"Sentence {place:02}." for place in range(13) if place != 3]
    cases = guids(root, ".//q:Case", "name")
    assert len(cases) == len(set(cases)) >= 19
    assert not any(f"{place:032x}".encode() in answer.content for place in range(14))
    again, _same = opened(client.get(answer.request["PATH_INFO"]).content)
    assert not set(cases) & set(guids(again, ".//q:Case", "name"))
    assert b"CodeBook" in client.get(reverse("surveys:export_file", args=[said.slug, "codes.qdc"])).content


@pytest.mark.django_db
def test_too_few_quotable_people_are_not_handed_out(client, cast, said) -> None:
    some = said.waves.get(slug="pre").responses.order_by("pairing_key").values_list("pk", flat=True)
    Response.objects.filter(pk__in=list(some[4:])).update(consent_quotes=False)
    waves = exportable(said, samples.NOW)
    with pytest.raises(RefusedError, match="Fewer than 5 people"):
        check_quoted(said, table_of(said, waves, with_words=True))
    client.force_login(cast.researcher)
    address = reverse("surveys:export_file", args=[said.slug, "answers.qdpx"])
    assert "Fewer than 5 people" in client.get(address, follow=True).content.decode()


@pytest.mark.django_db
def test_without_a_standard_the_year_s_gives_the_codes(client, cast, said) -> None:
    waves = exportable(said, samples.NOW)
    first = codes_of(said, waves)
    said.instrument.standard = None
    said.instrument.save()
    assert codes_of(said, waves) == first
    cast.standard.nodes.update(focus_selectable=False)
    client.force_login(cast.researcher)
    address = reverse("surveys:export_file", args=[said.slug, "codes.qdc"])
    assert "no standard whose competencies" in client.get(address, follow=True).content.decode()
