"""The plain table: one row a statement, made to be edited in a spreadsheet.

Columns, by name and in any order; only `label` is required:
code, parent_code, kind, label, summary, official_text, focus_selectable, ratable, identifier.
`parent_code` holds the parent's code, or its identifier where it has no code. One row of the kind
"framework" may give the standard's own title and identifier.
"""

from __future__ import annotations

from dataclasses import replace

from cohorts.interchange import sheet
from cohorts.interchange.checking import accept
from cohorts.interchange.document import NodeRecord, StandardDocument, focus_by_kind, ratable_by_kind
from cohorts.interchange.identity import derived, normal
from cohorts.interchange.problems import Problem, StandardRefused, mark, problem, refuse

COLUMNS = (
    "code",
    "parent_code",
    "kind",
    "label",
    "summary",
    "official_text",
    "focus_selectable",
    "ratable",
    "identifier",
)
FRAMEWORK = "framework"
CARRIES = {"parent_code": "parent"}  # the other columns carry the field of their own name
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})


def column_name(heading: str) -> str:
    """ "Official text" and "official-text" mean official_text."""
    return "_".join(heading.lower().replace("-", " ").replace("_", " ").split())


def is_plain(headings: list[str]) -> bool:
    return "label" in {column_name(heading) for heading in headings}


def read(text: str, *, title: str = "") -> StandardDocument:
    """The standard in the table; `title` is used where no framework row gives one.

    Raises StandardRefused with every problem found.
    """
    rows = sheet.rows_of(text)
    columns = _columns(rows[0] if rows else (1, []))
    found: list[Problem] = []
    records = [_record(number, row, columns, found) for number, row in rows[1:]]
    frame = [record for record in records if record["kind"] == FRAMEWORK]
    for extra in frame[1:]:
        found.append(
            problem(mark("There is a second framework row; one file holds one standard."), line=extra.line)
        )
    document = _document(frame[0] if frame else None, title)
    nodes = [_node(record, document.identifier, found) for record in records if record["kind"] != FRAMEWORK]
    carried = frozenset(CARRIES.get(name, name) for name in columns) - {"identifier"}
    carried |= {"standard.title"} if frame else set()
    return accept(replace(document, nodes=tuple(_under(nodes, found)), carried=carried), found)


class Record(dict[str, str]):
    """The cells of one row by column; a column that the file lacks is empty."""

    line: int = 0

    def __missing__(self, name: str) -> str:
        return ""


def _columns(heading: tuple[int, list[str]]) -> dict[str, int]:
    number, names = heading
    columns: dict[str, int] = {}
    problems = []
    for place, name in enumerate(names):
        column = column_name(sheet.plain(name))
        if column in columns:
            problems.append(problem(mark("The column “%(name)s” stands twice."), line=number, name=name))
        elif column in COLUMNS:
            columns[column] = place
        elif column:
            message = mark("The column “%(name)s” is not known. Known columns are: %(columns)s.")
            problems.append(problem(message, line=number, name=name, columns=", ".join(COLUMNS)))
    if problems:
        raise StandardRefused(problems)
    if "label" not in columns:
        raise refuse(
            mark("There is no column “label”, which holds the words of each statement."), line=number
        )
    return columns


def _record(number: int, row: list[str], columns: dict[str, int], found: list[Problem]) -> Record:
    if any(row[max(columns.values()) + 1 :]):
        message = mark(
            "The row has more cells than the heading. A text with a comma needs quotation marks around it."
        )
        found.append(problem(message, line=number))
    record = Record({name: sheet.plain(row[at]) for name, at in columns.items() if at < len(row)})
    record.line = number
    record["kind"] = record["kind"].lower()
    return record


def _document(frame: Record | None, title: str) -> StandardDocument:
    cells = frame if frame is not None else Record()
    name = cells["label"] or title
    given = normal(cells["identifier"])
    return StandardDocument(
        title=name, identifier=given or derived("standard", name), identifier_given=bool(given)
    )


def _node(record: Record, standard: str, found: list[Problem]) -> NodeRecord:
    """The row as a node whose parent is still a code."""
    kind = record["kind"] or ("indicator" if record["parent_code"] else "competency")
    given = normal(record["identifier"])
    key = record["code"] or f"{record['parent_code']}\x1f{record['label']}"
    return NodeRecord(
        identifier=given or derived("node", standard, key),
        kind=kind,
        label=record["label"],
        code=record["code"],
        summary=record["summary"],
        official_text=record["official_text"],
        parent=record["parent_code"],
        position=record.line,
        focus_selectable=_answer(record, "focus_selectable", focus_by_kind(kind), found),
        ratable=_answer(record, "ratable", ratable_by_kind(kind), found),
        identifier_given=bool(given),
        line=record.line,
    )


def _answer(record: Record, name: str, default: bool, found: list[Problem]) -> bool:
    text = record[name].lower()
    if not text:
        return default
    if text not in YES | NO:
        message = mark("“%(text)s” is neither yes nor no.")
        found.append(problem(message, line=record.line, where=name, text=text))
    return text in YES


def _under(nodes: list[NodeRecord], found: list[Problem]) -> list[NodeRecord]:
    """The nodes with the parent's identifier in place of its code; an unknown one is a problem."""
    known = {node.identifier: node.identifier for node in reversed(nodes)}
    known |= {node.code: node.identifier for node in reversed(nodes) if node.code}
    placed = []
    for node in nodes:
        parent = known.get(node.parent) or known.get(normal(node.parent), "")
        if node.parent and not parent:
            message = mark("The parent “%(parent)s” is not the code of any row.")
            found.append(problem(message, line=node.line, where="parent_code", parent=node.parent))
        placed.append(replace(node, parent=parent))
    return placed


def write(document: StandardDocument) -> str:
    """The table, a framework row first. Links, levels and the source are not carried."""
    keys = {node.identifier: node.code or node.identifier for node in document.nodes}
    rows = [
        (
            node.code,
            keys.get(node.parent, ""),
            node.kind,
            node.label,
            node.summary,
            node.official_text,
            "yes" if node.focus_selectable else "no",
            "yes" if node.ratable else "no",
            node.identifier,
        )
        for node in document.nodes
    ]
    frame = ("", "", FRAMEWORK, document.title, "", "", "", "", document.identifier)
    return sheet.written([COLUMNS, frame, *rows])
