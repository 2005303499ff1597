"""The checks that every standard passes before anything of it is stored, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from cohorts.interchange.document import (
    KINDS,
    LINK_KINDS,
    LinkRecord,
    NodeRecord,
    StandardDocument,
    in_tree_order,
)
from cohorts.interchange.identity import is_guid
from cohorts.interchange.problems import Problem, StandardRefused, mark, problem

MOST_NODES = 5_000
DEEPEST = 8  # levels; the deepest published leadership standard has four
LONGEST_TEXT = 10_000  # characters of one statement's summary or official text

# The lengths of the columns that store them.
DOCUMENT_LENGTHS = {
    "title": 200,
    "issuer": 200,
    "jurisdiction": 120,
    "version": 40,
    "language": 12,
    "license": 200,
    "license_url": 200,
    "source_url": 200,
    "uri": 300,
    "note": LONGEST_TEXT,
    "scale_name": 80,
}
NODE_LENGTHS = {"code": 40, "label": 300, "uri": 300, "summary": LONGEST_TEXT, "official_text": LONGEST_TEXT}
LEVEL_LENGTH = 80
GROUP_LENGTH = 120

TOO_LONG = mark("“%(field)s” has %(length)s characters; at most %(most)s fit.")
UNSTORABLE = mark("“%(field)s” contains a character that is not text. Type the passage again.")
BAD_GUID = mark("“%(identifier)s” is not an identifier of the form 8-4-4-4-12 letters and digits (a UUID).")


def accept(document: StandardDocument, problems: list[Problem]) -> StandardDocument:
    """The document in tree order, each link once; StandardRefused with all problems, by row, otherwise."""
    found = sorted([*problems, *check(document)], key=lambda fault: fault.line or 0)
    if found:
        raise StandardRefused(found)
    once = {(link.origin, link.destination, link.kind): link for link in reversed(document.links)}
    return in_tree_order(replace(document, links=tuple(reversed(once.values()))))


def check(document: StandardDocument) -> list[Problem]:
    """Every problem of the document that can be seen without its file."""
    if len(document.nodes) > MOST_NODES:
        message = mark("The file has %(count)s statements; at most %(most)s are taken. Split it by part.")
        return [problem(message, count=len(document.nodes), most=MOST_NODES)]
    found = [*_header(document), *_levels(document), *_nodes(document.nodes), *_twice(document.nodes)]
    found += _tree(document.nodes)
    found += [fault for link in document.links for fault in _link(link)]
    return found


def storable(text: str) -> bool:
    """No NUL, which PostgreSQL refuses, and no half of a character pair, which has no UTF-8 form."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def web_address(text: str) -> bool:
    """An http(s) address with a host: the only kind that a page may turn into a link."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, text))


def _texts(record: object, lengths: dict[str, int], line: int | None, where: str) -> Iterator[Problem]:
    for name, most in lengths.items():
        text = getattr(record, name)
        if len(text) > most:
            yield problem(TOO_LONG, line=line, where=where, field=name, length=len(text), most=most)
        if not storable(text):
            yield problem(UNSTORABLE, line=line, where=where, field=name)


def _header(document: StandardDocument) -> Iterator[Problem]:
    if not document.title:
        yield problem(mark("The standard has no title."))
    if not is_guid(document.identifier):
        yield problem(BAD_GUID, identifier=document.identifier)
    yield from _texts(document, DOCUMENT_LENGTHS, None, "")
    for name in ("license_url", "source_url"):
        address = getattr(document, name)
        if address and not web_address(address):
            message = mark(
                "“%(field)s” is not a web address that starts with http:// or https://: %(address)s"
            )
            yield problem(message, field=name, address=address)
    if not document.nodes:
        yield problem(mark("The file has no statements: not one competency or indicator was found in it."))


def _levels(document: StandardDocument) -> Iterator[Problem]:
    values = [level.value for level in document.levels]
    if len(set(values)) != len(values):
        yield problem(mark("Two levels of the scale have the same value."))
    for level in document.levels:
        if not level.label:
            yield problem(mark("Level %(value)s of the scale has no name."), value=level.value)
        if not 1 <= level.value <= 32_767:
            yield problem(mark("Level “%(label)s” has a value below 1 or far too large."), label=level.label)
        if len(level.label) > LEVEL_LENGTH or not storable(level.label):
            message = mark(
                "The name of level %(value)s has more than %(most)s characters, or one that is not text."
            )
            yield problem(message, value=level.value, most=LEVEL_LENGTH)


def _nodes(nodes: tuple[NodeRecord, ...]) -> Iterator[Problem]:
    for node in nodes:
        if not node.label:
            yield problem(mark("The statement is empty: it has no words."), line=node.line, where=node.where)
        if node.kind not in KINDS:
            message = mark("“%(kind)s” is not a kind of statement. Use one of: %(kinds)s.")
            yield problem(message, line=node.line, where=node.where, kind=node.kind, kinds=", ".join(KINDS))
        if not is_guid(node.identifier):
            yield problem(BAD_GUID, line=node.line, where=node.where, identifier=node.identifier)
        yield from _texts(node, NODE_LENGTHS, node.line, node.where)


def _twice(nodes: tuple[NodeRecord, ...]) -> Iterator[Problem]:
    codes: dict[str, NodeRecord] = {}
    identifiers: dict[str, NodeRecord] = {}
    for node in nodes:
        first = codes.setdefault(node.code, node) if node.code else node
        if first is not node:
            message = mark("The code “%(code)s” also stands in %(first)s. Each code may stand once.")
            yield problem(message, line=node.line, where=node.where, code=node.code, first=_name(first))
            continue  # a derived identifier repeats with its code; one sentence is enough
        first = identifiers.setdefault(node.identifier, node)
        if first is not node:
            message = mark("The identifier %(identifier)s also stands in %(first)s. Each may stand once.")
            yield problem(
                message, line=node.line, where=node.where, identifier=node.identifier, first=_name(first)
            )


def _name(node: NodeRecord) -> str:
    if node.line is not None:
        return f"row {node.line}"
    return node.where or node.code or node.label


def _tree(nodes: tuple[NodeRecord, ...]) -> Iterator[Problem]:
    parents = {node.identifier: node.parent for node in nodes}
    depth: dict[str, int] = {"": 0}
    broken: set[str] = set()
    for node in nodes:
        if node.parent and node.parent not in parents:
            message = mark("“%(label)s” belongs under a statement that is not in the file.")
            yield problem(message, line=node.line, where=node.where, label=node.label)
            depth[node.identifier] = 1
    for node in nodes:
        path: dict[str, None] = {}  # ordered, and quick to ask
        here = node.identifier
        while here not in depth and here not in path and here not in broken:
            path[here] = None
            here = parents[here]
        if here not in depth:
            broken.update(path)
            if here in path:
                steps = list(path)
                yield _circle(node, steps[steps.index(here) :], nodes)
            continue
        for step, identifier in enumerate(reversed(path), start=depth[here] + 1):
            depth[identifier] = step
        if depth[node.identifier] > DEEPEST:
            message = mark("“%(label)s” stands deeper than %(most)s levels.")
            yield problem(message, line=node.line, where=node.where, label=node.label, most=DEEPEST)


def _circle(node: NodeRecord, ring: list[str], nodes: tuple[NodeRecord, ...]) -> Problem:
    named = {other.identifier: other.code or other.label for other in nodes}
    if len(ring) == 1:
        message = mark("“%(label)s” is its own parent.")
        return problem(message, line=node.line, where=node.where, label=named[ring[0]])
    message = mark("These statements stand under each other in a circle: %(ring)s.")
    return problem(message, line=node.line, where=node.where, ring=" → ".join(named[step] for step in ring))


def _link(link: LinkRecord) -> Iterator[Problem]:
    if link.kind not in LINK_KINDS:
        message = mark("“%(kind)s” is not a kind of link. Use one of: %(kinds)s.")
        yield problem(message, line=link.line, where=link.where, kind=link.kind, kinds=", ".join(LINK_KINDS))
    if link.origin == link.destination:
        yield problem(mark("A statement is linked to itself."), line=link.line, where=link.where)
    if len(link.group) > GROUP_LENGTH or not storable(link.group):
        message = mark("The name of the group has more than %(most)s characters, or one that is not text.")
        yield problem(message, line=link.line, where=link.where, most=GROUP_LENGTH)
