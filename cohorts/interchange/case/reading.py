"""Reading a CASE package of either version.

Hierarchy stands only in associations: an item is the origin of an isChildOf whose destination is its
parent or the document; sequenceNumber gives the order. Everything else becomes a cross-link.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cohorts.interchange.case.extras import flags_in, jurisdiction_in
from cohorts.interchange.case.values import Taker, parsed
from cohorts.interchange.checking import NODE_LENGTHS, accept
from cohorts.interchange.document import (
    EVERYTHING,
    KINDS,
    LINK_KINDS,
    LinkRecord,
    NodeRecord,
    ScaleLevel,
    StandardDocument,
    focus_by_kind,
    ratable_by_kind,
)
from cohorts.interchange.identity import is_guid, normal, urn
from cohorts.interchange.problems import Problem, mark, problem

# Words that other publishers use for our kinds, compared in lower case.
KIND_WORDS = {
    "strand": "domain",
    "theme": "domain",
    "area": "domain",
    "criterion": "element",
    "skill": "element",
}
LAST = 10**9  # items without a number come after those that have one, in the order of the file
NOT_STATED = "Not stated"  # what the writer puts into the required creator of a standard without an issuer


@dataclass
class Package:
    """What was gathered from the associations."""

    document: str
    items: dict[str, NodeRecord]
    parents: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    flags: dict[str, dict[str, bool]] = field(default_factory=dict)
    links: list[LinkRecord] = field(default_factory=list)
    outside: int = 0


def read(text: str, *, title: str = "") -> StandardDocument:
    """The standard in a CFPackage. `title` is not needed: CASE requires one.

    Raises StandardRefused with every problem found.
    """
    del title
    found: list[Problem] = []
    top = Taker(parsed(text), "", found)
    header = top.object("CFDocument")
    if header is None:
        top.fault(mark("There is no CFDocument in the file: it is not a CASE package."))
        header = Taker({}, "CFDocument", [])
    document = _document(header, top)
    flags: dict[str, dict[str, bool]] = {}
    items = [_item(taker, flags) for taker in top.objects("CFItems")]
    package = Package(document.identifier, {node.identifier: node for node in items}, flags=flags)
    for taker in top.objects("CFAssociations"):
        _association(taker, package)
    nodes, remarks = _placed(items, package)
    if package.outside:
        message = mark("Links that join statements of other standards only are left out (%(count)s).")
        remarks.append(problem(message, count=package.outside))
    scale_name, levels = _scale(top)
    whole = replace(
        document,
        nodes=tuple(nodes),
        links=tuple(package.links),
        scale_name=scale_name,
        levels=levels,
        remarks=tuple(remarks),
    )
    return accept(whole, found)


def _guid(taker: Taker) -> str:
    """1.0 allows upper-case letters, and both spellings mean the same thing."""
    text = normal(taker.text("identifier", required=True))
    if text and not is_guid(text):
        taker.fault(mark("“%(identifier)s” is not an identifier of CASE (a UUID)."), identifier=text)
    return text


def _uri(taker: Taker, identifier: str) -> str:
    uri = taker.text("uri", required=True)
    return "" if uri == urn(identifier) else uri


def _document(header: Taker, top: Taker) -> StandardDocument:
    identifier = _guid(header)
    header.text("lastChangeDateTime", required=True)
    license_link = header.object("licenseURI")
    license_name = license_url = ""
    if license_link is not None:
        license_name = license_link.text("title")
        license_url = license_link.text("uri")
    jurisdiction = jurisdiction_in(header)
    creator = header.text("creator", required=True)
    missing = set() if jurisdiction is not None else {"standard.jurisdiction"}
    if top.source.get("CFRubrics") is None:
        missing.add("scale")
    return StandardDocument(
        title=header.text("title", required=True),
        identifier=identifier,
        uri=_uri(header, identifier),
        issuer="" if creator == NOT_STATED else creator,
        jurisdiction=jurisdiction or "",
        version=header.text("version"),
        language=header.text("language") or "en",
        license="" if license_name == license_url else license_name,
        license_url=license_url if license_url.startswith("http") else "",
        source_url=header.text("officialSourceURL"),
        note=header.text("notes") or header.text("description"),
        carried=EVERYTHING - missing,
    )


def _item(taker: Taker, flags: dict[str, dict[str, bool]]) -> NodeRecord:
    """An item without its place; its kind is what the file calls it until the tree is known.

    What the item says of being a focus or being asked about goes into `flags`, by identifier.
    """
    identifier = _guid(taker)
    taker.text("lastChangeDateTime", required=True)
    full = taker.text("fullStatement", required=True)
    label = taker.text("abbreviatedStatement") or shortened(full)
    flags[identifier] = flags_in(taker)
    code = taker.text("humanCodingScheme") or taker.text("listEnumeration")
    taker.where = f"{taker.where} ({code})" if code else taker.where
    return NodeRecord(
        identifier=identifier,
        kind=taker.text("CFItemType"),
        code=code,
        label=label,
        summary=taker.text("notes"),
        official_text="" if full == label else full,
        uri=_uri(taker, identifier),
        where=taker.where,
    )


def shortened(text: str) -> str:
    """The first line or words of a long statement, as a label."""
    most = NODE_LENGTHS["label"]
    if len(text) <= most and "\n" not in text:
        return text
    line = text.splitlines()[0]
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def _association(taker: Taker, package: Package) -> None:
    kind = taker.text("associationType", required=True)
    _guid(taker)
    taker.text("lastChangeDateTime", required=True)
    ends = [taker.object("originNodeURI"), taker.object("destinationNodeURI")]
    if ends[0] is None or ends[1] is None:
        taker.fault(mark("The association lacks its origin or its destination."))
        return
    origin, destination = (normal(end.text("identifier", required=True)) for end in ends if end)
    if not (kind and origin and destination):
        return
    if kind == "isChildOf":
        _child(taker, package, origin, destination)
    elif package.document in (origin, destination):
        package.outside += 1  # about the document as a whole; there is no statement to hang it on
    elif origin in package.items or destination in package.items:
        package.links.append(_link(taker, kind, origin, destination))
    else:
        package.outside += 1


def _child(taker: Taker, package: Package, origin: str, destination: str) -> None:
    number = taker.number("sequenceNumber")
    if origin not in package.items:
        taker.fault(mark("The item that is placed here is not in the file: %(item)s."), item=origin)
    elif destination != package.document and destination not in package.items:
        taker.fault(mark("The parent of this item is not in the file: %(item)s."), item=destination)
    elif package.parents.setdefault(origin, destination) != destination:
        message = mark(
            "“%(item)s” has more than one parent. Keep one isChildOf; write the others as isPartOf."
        )
        taker.fault(message, item=package.items[origin].code or package.items[origin].label)
    else:
        package.order.setdefault(origin, LAST if number is None else number)


def _link(taker: Taker, kind: str, origin: str, destination: str) -> LinkRecord:
    grouping = taker.object("CFAssociationGroupingURI")
    group = grouping.text("title") if grouping else ""
    if kind.startswith("ext:"):
        kind, group = "isRelatedTo", kind
    if kind not in LINK_KINDS:
        taker.fault(mark("“%(kind)s” is not an association type of CASE."), kind=kind)
        kind = "isRelatedTo"
    identifier = normal(taker.text("identifier"))
    return LinkRecord(origin, destination, kind, group, identifier=identifier, where=taker.where)


def _placed(items: list[NodeRecord], package: Package) -> tuple[list[NodeRecord], list[Problem]]:
    """The items with parent, order, kind and flags. An item that is placed nowhere stands at the top."""
    has_children = set(package.parents.values())
    nodes: list[NodeRecord] = []
    foreign: dict[str, int] = {}
    for node in items:
        parent = package.parents.get(node.identifier, package.document)
        word = node.kind.lower()
        kind = word if word in KINDS else KIND_WORDS.get(word, "")
        if not kind:
            top = parent == package.document
            kind = "competency" if top or node.identifier in has_children else "indicator"
            if word:
                foreign[node.kind] = foreign.get(node.kind, 0) + 1
        flags = package.flags[node.identifier]
        nodes.append(
            replace(
                node,
                kind=kind,
                parent="" if parent == package.document else parent,
                position=package.order.get(node.identifier, LAST),
                focus_selectable=flags.get("focus", focus_by_kind(kind)),
                ratable=flags.get("ratable", ratable_by_kind(kind)),
            )
        )
    message = mark(
        "Statements of the type “%(type)s” (%(count)s) are taken as competencies or indicators by place."
    )
    return nodes, [problem(message, type=name, count=count) for name, count in foreign.items()]


def _scale(top: Taker) -> tuple[str, tuple[ScaleLevel, ...]]:
    """The levels of the first criterion that has any; other criteria of our own files repeat them."""
    for rubric in top.objects("CFRubrics"):
        for criterion in rubric.objects("CFRubricCriteria"):
            takers = criterion.objects("CFRubricCriterionLevels")
            if takers:
                return rubric.text("title"), tuple(
                    _level(taker, at) for at, taker in enumerate(takers, start=1)
                )
    return "", ()


def _level(taker: Taker, place: int) -> ScaleLevel:
    number = taker.number("score")
    if number is None:
        number = taker.number("position")
    label = taker.text("quality") or taker.text("description")
    return ScaleLevel(place if number is None else number, label)
