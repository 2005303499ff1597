"""Reading Moodle's table.

Moodle drops a row without ID number or name, and its children with it, and lets a later row overwrite an
earlier one with the same ID number, all without a word. Here each of these is a named problem.
"""

from __future__ import annotations

import json
from dataclasses import replace

from cohorts.interchange import sheet
from cohorts.interchange.checking import accept
from cohorts.interchange.document import (
    LinkRecord,
    NodeRecord,
    ScaleLevel,
    StandardDocument,
    focus_by_kind,
    ratable_by_kind,
)
from cohorts.interchange.identity import derived, is_guid, normal
from cohorts.interchange.moodle import table
from cohorts.interchange.moodle.html import texts_of
from cohorts.interchange.problems import Problem, mark, problem, refuse

# Kinds come from the taxonomy, one for a whole level: good for a new standard, too coarse to change one.
CARRIED = frozenset(
    {"parent", "code", "label", "summary", "official_text", "scale", "links", "standard.title"}
)
Row = tuple[int, list[str]]


def read(text: str, *, title: str = "") -> StandardDocument:
    """The standard in a competency framework file; `title` is not needed, the framework row has one.

    Raises StandardRefused with every problem found.
    """
    del title
    found: list[Problem] = []
    rows = [(number, _cells(number, row, found)) for number, row in sheet.rows_of(text)[1:]]
    frames = [(number, row) for number, row in rows if table.is_framework(row)]
    if len(frames) != 1:
        message = mark("The file needs exactly one row with “Is framework” set; it has %(count)s.")
        raise refuse(message, line=frames[1][0] if frames else None, count=len(frames))
    document = _document(frames[0], found)
    kinds = _taxonomy(frames[0], found)
    others = [(number, row) for number, row in rows if not table.is_framework(row)]
    nodes = _kinds(_under([_node(one, document.identifier, found) for one in others], found), kinds)
    links = _links(others, nodes, found)
    return accept(replace(document, nodes=tuple(nodes), links=tuple(links), carried=CARRIED), found)


def _cells(number: int, row: list[str], found: list[Problem]) -> list[str]:
    if len(row) > len(table.HEADINGS):
        message = mark("The row has %(count)s cells; a competency framework has fourteen columns.")
        found.append(problem(message, line=number, count=len(row)))
    return [sheet.plain(cell) for cell in row] + [""] * (len(table.HEADINGS) - len(row))


def _document(frame: Row, found: list[Problem]) -> StandardDocument:
    number, row = frame
    if row[table.PARENT]:
        found.append(problem(mark("The framework row must not have a parent."), line=number))
    if not row[table.ID]:
        found.append(problem(mark("The framework has no ID number."), line=number, where="ID number"))
    _check_scale_setting(frame, found)
    labels = [label.strip() for label in row[table.SCALE].split(",")] if row[table.SCALE] else []
    given = normal(row[table.ID])
    return StandardDocument(
        title=row[table.NAME],
        identifier=given if is_guid(given) else derived("moodle", row[table.ID]),
        identifier_given=is_guid(given),
        note=texts_of(row[table.TEXT])[0],
        levels=tuple(ScaleLevel(value, label) for value, label in enumerate(labels, start=1)),
    )


def _check_scale_setting(frame: Row, found: list[Problem]) -> None:
    """Nothing is taken from it, but a broken one shows that the columns of the file have slipped."""
    number, row = frame
    try:
        setting = json.loads(row[table.SCALE_SETTING] or "[]")
    except (ValueError, RecursionError):
        setting = None
    if not isinstance(setting, list):
        message = mark(
            "The scale configuration is not the list that Moodle writes. Have the columns slipped?"
        )
        found.append(problem(message, line=number, where="Scale configuration"))


def _taxonomy(frame: Row, found: list[Problem]) -> list[str]:
    number, row = frame
    words = [word.strip().lower() for word in row[table.TAXONOMY].split(",") if word.strip()]
    for word in words:
        if word not in table.KINDS:
            message = mark("“%(word)s” is not a word of Moodle’s taxonomies.")
            found.append(problem(message, line=number, where="Taxonomy", word=word))
    return [table.KINDS.get(word, "competency") for word in words] or ["competency", "indicator"]


def _node(one: Row, standard: str, found: list[Problem]) -> NodeRecord:
    """The row as a node whose parent is still an ID number and whose kind is not known yet."""
    number, row = one
    if not row[table.ID]:
        message = mark("The row has no ID number; Moodle would drop it, and all that stands under it.")
        found.append(problem(message, line=number, where="ID number"))
    given = normal(row[table.ID])
    identified = is_guid(given)
    is_html = row[table.FORMAT] in ("", "0", table.HTML)
    summary, official = texts_of(row[table.TEXT]) if is_html else (row[table.TEXT], "")
    return NodeRecord(
        identifier=given if identified else derived("node", standard, row[table.ID] or f"row {number}"),
        kind="competency",
        label=row[table.NAME],
        code="" if identified else row[table.ID],
        summary=summary,
        official_text=official,
        parent=row[table.PARENT],
        position=number,
        identifier_given=identified,
        line=number,
    )


def _numbers(nodes: list[NodeRecord]) -> dict[str, str]:
    """Identifier by ID number; the first of two equal ones counts, the second is named as a problem."""
    return {node.code or node.identifier: node.identifier for node in reversed(nodes)}


def _under(nodes: list[NodeRecord], found: list[Problem]) -> list[NodeRecord]:
    known = _numbers(nodes)
    placed = []
    for node in nodes:
        parent = known.get(node.parent) or known.get(normal(node.parent), "")
        if node.parent and not parent:
            message = mark("The parent “%(parent)s” is not the ID number of any row.")
            found.append(problem(message, line=node.line, where="Parent ID number", parent=node.parent))
        placed.append(replace(node, parent=parent))
    return placed


def _kinds(nodes: list[NodeRecord], kinds: list[str]) -> list[NodeRecord]:
    """Each node with the kind of its level; the last word of the taxonomy counts for all deeper levels."""
    parents = {node.identifier: node.parent for node in nodes}
    known = []
    for node in nodes:
        depth, here = 0, node.parent
        while here and depth < len(kinds):
            depth, here = depth + 1, parents.get(here, "")
        kind = kinds[min(depth, len(kinds) - 1)]
        known.append(
            replace(node, kind=kind, focus_selectable=focus_by_kind(kind), ratable=ratable_by_kind(kind))
        )
    return known


def _links(rows: list[Row], nodes: list[NodeRecord], found: list[Problem]) -> list[LinkRecord]:
    """Cross-references, which have no direction in Moodle: each pair once."""
    known = _numbers(nodes)
    pairs: dict[frozenset[str], LinkRecord] = {}
    for (number, row), node in zip(rows, nodes, strict=True):
        for name in filter(None, (part.strip() for part in row[table.RELATED].split(","))):
            name = name.replace("%2C", ",")
            other = known.get(name) or known.get(normal(name))
            if other is None:
                message = mark("The cross-referenced “%(name)s” is not the ID number of any row.")
                found.append(problem(message, line=number, where=table.HEADINGS[table.RELATED], name=name))
                continue
            pair = frozenset((node.identifier, other))
            pairs.setdefault(pair, LinkRecord(node.identifier, other, "isRelatedTo", line=number))
    return list(pairs.values())
