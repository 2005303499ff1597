"""Open answers for programs that code texts (NVivo, MAXQDA, ATLAS.ti, QualCoder …): REFI-QDA 1.5. Pure.

A project (.qdpx) holds a case for each row of the researcher's table, its facts as variables, and a text
for each open answer; a code book (.qdc) the codes alone. Positions in such programs count characters, so
texts are written once, with plain line ends, and never changed by us afterwards.
"""

from __future__ import annotations

import io
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from surveys.interchange.data_files import Column, Table

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
ORIGIN = "Leaderdev"
NAME_LETTERS = 60
# One moment for every file: the archive shall not say when somebody answered, nor differ by the clock.
_WHEN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Code:
    """`identifier` is the competency's own, so that two projects of one standard share their codes."""

    identifier: str
    name: str
    description: str = ""

    @property
    def guid(self) -> str:
        try:
            return str(uuid.UUID(self.identifier))
        except ValueError:
            return str(uuid.uuid5(uuid.NAMESPACE_URL, self.identifier))


@dataclass(frozen=True)
class _Text:
    guid: str
    case: str
    column: Column
    words: str


def codebook(codes: Sequence[Code]) -> bytes:
    """A .qdc. Raises ValueError without a code, which the format does not allow."""
    if not codes:
        raise ValueError("A code book has at least one code.")
    root = ET.Element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    root.append(_codes(codes))
    return _written(root)


def quoted(table: Table) -> int:
    """How many rows of a table with words hold an open answer."""
    places = [place for place, column in enumerate(table.columns) if _is_open(column)]
    return sum(any(row[place] for place in places) for row in table.rows)


def project(table: Table, codes: Sequence[Code]) -> bytes:
    """A .qdpx of a table with words. Raises ValueError without a code or without an open answer."""
    if not codes:
        raise ValueError("A project has at least one code.")
    texts = _texts(table)
    if not texts:
        raise ValueError("There is no open answer.")
    root = ET.Element("Project", xmlns=PROJECT, name=_plain(table.title), origin=ORIGIN)
    # In the order of the schema: users, codes, variables, cases, sources, sets.
    ET.SubElement(ET.SubElement(root, "Users"), "User", guid=_new(), name=ORIGIN)
    ET.SubElement(root, "CodeBook").append(_codes(codes))
    facts = [
        (place, column, _new()) for place, column in enumerate(table.columns) if place and not column.item
    ]
    variables = ET.SubElement(root, "Variables") if facts else None
    for _place, column, guid in facts:
        ET.SubElement(
            variables,
            "Variable",
            guid=guid,
            name=_plain(column.label),
            typeOfVariable="Text",  # type: ignore[arg-type]
        )
    cases = ET.SubElement(root, "Cases")
    for row in table.rows:
        _case(cases, row, facts, [text for text in texts if text.case == row[0]])
    sources = ET.SubElement(root, "Sources")
    for text in texts:
        _source(sources, text)
    _sets(root, texts)
    return _packed(_written(root), texts)


def _is_open(column: Column) -> bool:
    return bool(column.item) and column.is_text


def _texts(table: Table) -> list[_Text]:
    return [
        _Text(_new(), row[0], column, _frozen(row[place]))
        for row in table.rows
        for place, column in enumerate(table.columns)
        if _is_open(column) and row[place]
    ]


def _codes(codes: Sequence[Code]) -> ET.Element:
    found = ET.Element("Codes")
    for code in codes:
        made = ET.SubElement(found, "Code", guid=code.guid, name=_plain(code.name), isCodable="true")
        if code.description:
            ET.SubElement(made, "Description").text = _plain(code.description)
    return found


def _case(
    cases: ET.Element, row: Sequence[Any], facts: list[tuple[int, Column, str]], texts: list[_Text]
) -> None:
    case = ET.SubElement(cases, "Case", guid=_new(), name=row[0])
    for place, column, guid in facts:
        value = row[place]
        if value in (None, ""):
            continue
        told = ET.SubElement(case, "VariableValue")
        ET.SubElement(told, "VariableRef", targetGUID=guid)
        ET.SubElement(told, "TextValue").text = _plain(str(dict(column.levels).get(value, value)))
    for text in texts:
        ET.SubElement(case, "SourceRef", targetGUID=text.guid)


def _source(sources: ET.Element, text: _Text) -> None:
    name = f"{text.case} {text.column.wave} {text.column.item}"
    source = ET.SubElement(
        sources, "TextSource", guid=text.guid, name=name, plainTextPath=f"internal://{text.guid}.txt"
    )
    ET.SubElement(source, "Description").text = _plain(text.column.label)


def _sets(root: ET.Element, texts: list[_Text]) -> None:
    """The texts of each question and wave together."""
    by_column: dict[str, list[_Text]] = {}
    for text in texts:
        by_column.setdefault(text.column.name, []).append(text)
    sets = ET.SubElement(root, "Sets")
    for some in by_column.values():
        column = some[0].column
        name = f"{column.wave} {column.item}. {_plain(column.label)}"
        made = ET.SubElement(sets, "Set", guid=_new(), name=name[:NAME_LETTERS])
        for text in some:
            ET.SubElement(made, "MemberSource", targetGUID=text.guid)


def _packed(description: bytes, texts: list[_Text]) -> bytes:
    held = io.BytesIO()
    files = {"project.qde": description}
    files |= {f"sources/{text.guid}.txt": text.words.encode() for text in texts}
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _new() -> str:
    return str(uuid.uuid4())


def _frozen(words: str) -> str:
    """One spelling of each letter and line ends as \\n, so that positions count the same everywhere."""
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
