"""What an import would do, worked out before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from cohorts.interchange import LinkRecord, NodeRecord, Problem, StandardDocument
from cohorts.interchange.document import HEADER_FIELDS, NODE_FIELDS
from cohorts.interchange.problems import mark, problem
from cohorts.models import District, ProgramYear, Standard, StandardNode
from cohorts.services.standards.versions import changes_wording, latest, years_settled_on

SHORTEST_CUT = 50  # a name that a format has cut is at least this long; a shorter “…” was typed
MODEL_NAMES = {"note": "notes"}  # where the row calls a header field differently


@dataclass(frozen=True)
class Change:
    """One stored statement and what the file says of it; `fields` are the names that differ."""

    node: StandardNode
    record: NodeRecord
    fields: tuple[str, ...]
    wording: bool


@dataclass(frozen=True)
class ImportPlan:
    """What an import will do. `standard` is None where a new one will be created.

    `absent` are stored statements that the file lacks; they stay unless `remove_absent`, and those that
    something refers to stay in any case (`kept`). `years` are the program years that hold the wording;
    where it would change for them, `as_new_version` is true and the stored standard stays as it is.
    """

    document: StandardDocument
    standard: Standard | None = None
    new: tuple[NodeRecord, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Change, ...] = ()
    absent: tuple[StandardNode, ...] = ()
    kept: tuple[StandardNode, ...] = ()
    header: tuple[str, ...] = ()
    outside_links: tuple[LinkRecord, ...] = ()
    years: tuple[ProgramYear, ...] = ()
    as_new_version: bool = False
    remove_absent: bool = False
    problems: tuple[Problem, ...] = field(default=())

    @property
    def matches(self) -> tuple[Change, ...]:
        return self.changed + self.unchanged

    @property
    def removed(self) -> tuple[StandardNode, ...]:
        kept = {node.pk for node in self.kept}
        return tuple(node for node in self.absent if node.pk not in kept) if self.remove_absent else ()


def plan_import(
    *,
    district: District,
    document: StandardDocument,
    into: Standard | None = None,
    remove_absent: bool = False,
) -> ImportPlan:
    """Compare a checked document with what the district has. Stores nothing.

    `into` says which standard the file is about; otherwise the identifier decides, and of several
    versions the newest is meant.
    """
    if into is None:
        into = Standard.objects.in_district(district).filter(identifier=document.identifier).first()
    outside = _outside_links(document, district)
    if into is None:
        return ImportPlan(document, new=document.nodes, outside_links=outside)
    standard = latest(into)
    stored = list(standard.nodes.all())
    pairs = _matched(document, stored)
    rows = {record.identifier: node.pk for record, node in pairs.items()}
    changes = [_change(node, record, document, rows) for record, node in pairs.items()]
    taken = {node.pk for node in pairs.values()}
    absent = tuple(node for node in stored if node.pk not in taken)
    years = tuple(years_settled_on(standard))
    wording = any(change.wording for change in changes) or (remove_absent and bool(absent))
    as_new_version = bool(years) and wording
    return ImportPlan(
        document=document,
        standard=standard,
        new=tuple(record for record in document.nodes if record not in pairs),
        changed=tuple(change for change in changes if change.fields),
        unchanged=tuple(change for change in changes if not change.fields),
        absent=absent,
        kept=() if as_new_version else _kept(absent, stored),
        header=_header(document, standard),
        outside_links=outside,
        years=years,
        as_new_version=as_new_version,
        remove_absent=remove_absent,
        problems=tuple(_conflicts(document, pairs, absent, remove_absent)),
    )


def _matched(document: StandardDocument, stored: list[StandardNode]) -> dict[NodeRecord, StandardNode]:
    """Each record with its stored statement: by identifier, and where that finds none, by code."""
    by_identifier = {node.identifier: node for node in stored}
    pairs = {
        record: by_identifier[record.identifier]
        for record in document.nodes
        if record.identifier in by_identifier
    }
    taken = {node.pk for node in pairs.values()}
    by_code = {node.code: node for node in stored if node.code and node.pk not in taken}
    for record in document.nodes:
        if record not in pairs and record.code in by_code:
            pairs[record] = by_code.pop(record.code)
    return {record: pairs[record] for record in document.nodes if record in pairs}


def _change(
    node: StandardNode, record: NodeRecord, document: StandardDocument, rows: dict[str, int]
) -> Change:
    before = {name: getattr(node, name) for name in NODE_FIELDS if name != "parent"}
    before["parent"] = node.parent_id
    after = {name: getattr(record, name) for name in before}
    # A parent that is new in the file has no row yet; 0 is no row's number.
    after["parent"] = rows.get(record.parent, 0) if record.parent else None
    differ = [name for name in before if name in document.carried and before[name] != after[name]]
    fields = [name for name in differ if not (name == "label" and _cut(node.label, record.label))]
    if record.identifier_given and record.identifier != node.identifier:
        fields.append("identifier")
    wording = any(changes_wording(name, before.get(name), after.get(name)) for name in fields)
    return Change(node, record, tuple(fields), wording)


def _cut(before: str, after: str) -> bool:
    """Whether a name is the stored one, cut by a format without room for it (Moodle: 100 letters)."""
    return len(after) > SHORTEST_CUT and after.endswith("…") and before.startswith(after[:-1])


def _header(document: StandardDocument, standard: Standard) -> tuple[str, ...]:
    """Names of the header fields that differ; an empty value in the file takes nothing away."""
    found = []
    for name in HEADER_FIELDS:
        value = getattr(document, name)
        stored = getattr(standard, MODEL_NAMES.get(name, name))
        cut = name == "title" and _cut(stored, value)
        if f"standard.{name}" in document.carried and value and value != stored and not cut:
            found.append(name)
    return tuple(found)


def _outside_links(document: StandardDocument, district: District) -> tuple[LinkRecord, ...]:
    """Links with an end that neither the file nor any standard of the district has."""
    inside = {node.identifier for node in document.nodes}
    far = {end for link in document.links for end in (link.origin, link.destination)} - inside
    known = set(
        StandardNode.objects.in_district(district)
        .filter(identifier__in=far)
        .values_list("identifier", flat=True)
    )
    here = inside | known
    return tuple(link for link in document.links if not {link.origin, link.destination} <= here)


def _kept(absent: tuple[StandardNode, ...], stored: list[StandardNode]) -> tuple[StandardNode, ...]:
    """Absent statements that something outside the standard refers to, and what stands above them."""
    numbers = {node.pk for node in absent}
    held: set[int | None] = set()
    for relation in StandardNode._meta.related_objects:
        if relation.related_model._meta.model_name in ("standardnode", "nodelink"):
            continue
        name = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": numbers})
        held |= set(rows.values_list(name, flat=True))
    here = {node.pk: node for node in stored}
    held |= {node.parent_id for node in stored if node.pk not in numbers}
    for number in list(held):
        above = here[number].parent_id if number in here else None
        while above is not None and above not in held:
            held.add(above)
            above = here[above].parent_id
    return tuple(node for node in absent if node.pk in held)


def _conflicts(
    document: StandardDocument,
    pairs: dict[NodeRecord, StandardNode],
    absent: tuple[StandardNode, ...],
    remove_absent: bool,
) -> list[Problem]:
    """Codes that the file gives to one statement while another, which the file lacks, keeps them."""
    if remove_absent or "code" not in document.carried:
        return []
    staying = {node.code: node for node in absent if node.code}
    message = mark("The code “%(code)s” belongs to “%(label)s”, which the file lacks and which stays.")
    return [
        problem(
            message, line=record.line, where=record.where, code=record.code, label=staying[record.code].label
        )
        for record in document.nodes
        if record.code in staying and pairs.get(record) is not staying[record.code]
    ]
