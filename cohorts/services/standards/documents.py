"""A stored standard as the plain records that files are written from."""

from __future__ import annotations

from django.db.models import Q

from cohorts.interchange import LinkRecord, NodeRecord, ScaleLevel, StandardDocument
from cohorts.interchange.document import in_tree_order
from cohorts.models import NodeLink, Standard, StandardNode


def export_document(standard: Standard) -> StandardDocument:
    """The standard with its levels, statements in tree order and cross-links; four queries.

    A statement keeps its identifier from version to version, so the links between two versions of one
    statement have the same identifier at both ends; no format can say that, and they stay behind.
    """
    nodes = list(standard.nodes.all())
    named = {node.pk: node.identifier for node in nodes}
    scale = standard.scale
    links = NodeLink.objects.filter(Q(origin__standard=standard) | Q(destination__standard=standard))
    return in_tree_order(
        StandardDocument(
            title=standard.title,
            identifier=standard.identifier,
            uri=standard.uri,
            issuer=standard.issuer,
            jurisdiction=standard.jurisdiction,
            version=standard.version,
            language=standard.language,
            license=standard.license,
            license_url=standard.license_url,
            source_url=standard.source_url,
            note=standard.notes,
            scale_name=scale.name if scale else "",
            levels=tuple(ScaleLevel(level.value, level.label) for level in scale.levels.all())
            if scale
            else (),
            nodes=tuple(_record(node, named) for node in nodes),
            links=tuple(
                LinkRecord(
                    link.origin.identifier,
                    link.destination.identifier,
                    link.kind,
                    link.group,
                    link.identifier,
                )
                for link in links.select_related("origin", "destination")
                if link.origin.identifier != link.destination.identifier
            ),
        )
    )


def _record(node: StandardNode, named: dict[int, str]) -> NodeRecord:
    return NodeRecord(
        identifier=node.identifier,
        kind=node.kind,
        label=node.label,
        code=node.code,
        summary=node.summary,
        official_text=node.official_text,
        parent=named[node.parent_id] if node.parent_id else "",
        position=node.position,
        focus_selectable=node.focus_selectable,
        ratable=node.ratable,
        uri=node.uri,
    )
