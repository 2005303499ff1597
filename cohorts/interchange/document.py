"""A leadership standard as plain records, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cohorts.interchange.problems import Problem

KINDS = (
    "domain",
    "standard",
    "competency",
    "practice",
    "requirement",
    "element",
    "indicator",
    "descriptor",
    "ethic",
    "resource",
)
# The association vocabulary of CASE without isChildOf, which is the tree itself.
LINK_KINDS = (
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
)
FOCUS_KINDS = frozenset({"competency", "standard", "practice"})
RATABLE_KINDS = frozenset({"indicator", "element", "descriptor"})

# What an import may change in a row that exists; a format that lacks one of them leaves it as it was.
NODE_FIELDS = (
    "parent",
    "kind",
    "code",
    "label",
    "summary",
    "official_text",
    "focus_selectable",
    "ratable",
    "uri",
)
HEADER_FIELDS = (
    "title",
    "issuer",
    "jurisdiction",
    "version",
    "language",
    "license",
    "license_url",
    "source_url",
    "uri",
    "note",
)
EVERYTHING = (
    frozenset(NODE_FIELDS) | {f"standard.{name}" for name in HEADER_FIELDS} | {"scale", "links", "link_kinds"}
)


@dataclass(frozen=True)
class ScaleLevel:
    value: int
    label: str


@dataclass(frozen=True)
class NodeRecord:
    """One statement. `parent` is the parent's identifier, empty at the top.

    `position` runs through the whole standard in reading order, so that sorting by it gives the tree.
    `identifier_given` is False where the file had none and one was derived; such rows are matched by code.
    """

    identifier: str
    kind: str
    label: str
    code: str = ""
    summary: str = ""
    official_text: str = ""
    parent: str = ""
    position: int = 0
    focus_selectable: bool = False
    ratable: bool = False
    uri: str = ""
    identifier_given: bool = field(default=True, compare=False)
    line: int | None = field(default=None, compare=False)
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class LinkRecord:
    """A cross-link; one of its ends may stand in another standard."""

    origin: str
    destination: str
    kind: str
    group: str = ""
    identifier: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class StandardDocument:
    """A whole standard.

    `carried` names what the file can say at all (EVERYTHING, or fewer for a poorer format): an import
    leaves alone what the file could not say. `remarks` are sentences for the preview, not errors.
    """

    title: str
    identifier: str
    uri: str = ""
    issuer: str = ""
    jurisdiction: str = ""
    version: str = ""
    language: str = "en"
    license: str = ""
    license_url: str = ""
    source_url: str = ""
    note: str = ""
    scale_name: str = ""
    levels: tuple[ScaleLevel, ...] = ()
    nodes: tuple[NodeRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    carried: frozenset[str] = field(default=EVERYTHING, compare=False)
    identifier_given: bool = field(default=True, compare=False)
    remarks: tuple[Problem, ...] = field(default=(), compare=False)


def focus_by_kind(kind: str) -> bool:
    """Whether leaders usually choose a statement of this kind as their focus."""
    return kind in FOCUS_KINDS


def ratable_by_kind(kind: str) -> bool:
    """Whether survey statements are usually tied to a statement of this kind."""
    return kind in RATABLE_KINDS


def in_tree_order(document: StandardDocument) -> StandardDocument:
    """The same standard with each node after its parent, siblings by position, and positions 1, 2, 3…

    Expects a checked document: parents exist and there is no cycle.
    """
    children: dict[str, list[NodeRecord]] = {}
    for node in sorted(document.nodes, key=lambda node: node.position):
        children.setdefault(node.parent, []).append(node)
    ordered: list[NodeRecord] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        node = waiting.pop()
        ordered.append(replace(node, position=len(ordered) + 1))
        waiting.extend(reversed(children.get(node.identifier, [])))
    return replace(document, nodes=tuple(ordered))


def depths(document: StandardDocument) -> dict[str, int]:
    """How far below the top each node of an ordered document stands, by identifier; top level is 0."""
    found: dict[str, int] = {}
    for node in document.nodes:
        found[node.identifier] = found[node.parent] + 1 if node.parent else 0
    return found
