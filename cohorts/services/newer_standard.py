"""What a year offered, said in the newest version of its standard."""

from __future__ import annotations

from dataclasses import dataclass, field

from cohorts.models import NodeLink, ProgramYear, Standard, StandardNode


@dataclass(frozen=True)
class CarriedOver:
    """`competencies` are ids in the order of the offer; `left_behind` are labels without a counterpart."""

    standard: Standard
    competencies: list[int]
    left_behind: list[str] = field(default_factory=list)


def carry_over(year: ProgramYear) -> CarriedOver:
    """Follow the standard to the newest version in use; constant queries for each version on the way."""
    standard = year.standard
    offered = list(
        StandardNode.objects.filter(offers__program_year=year).order_by("offers__position", "position")
    )
    left_behind: list[str] = []
    while (newer := _newer(standard)) is not None:
        offered, lost = _follow(offered, newer)
        left_behind += lost
        standard = newer
    return CarriedOver(standard, [node.pk for node in offered], left_behind)


def _newer(standard: Standard) -> Standard | None:
    """The version that replaced this one, unless it is still being written."""
    return Standard.objects.filter(replaces=standard).exclude(status=Standard.Status.DRAFT).first()


def _follow(nodes: list[StandardNode], newer: Standard) -> tuple[list[StandardNode], list[str]]:
    """One version on: by the “replaced by” links; without one, by the same identifier."""
    targets = {node.pk: node for node in newer.nodes.competencies()}
    same = {node.identifier: node.pk for node in targets.values()}
    linked: dict[int, list[int]] = {}
    links = NodeLink.objects.filter(
        kind=NodeLink.Kind.REPLACED, origin__in=nodes, destination__in=targets
    ).order_by("pk")
    for origin, destination in links.values_list("origin_id", "destination_id"):
        linked.setdefault(origin, []).append(destination)
    found: dict[int, StandardNode] = {}
    lost: list[str] = []
    for node in nodes:
        own = [same[node.identifier]] if node.identifier in same else []
        successors = linked.get(node.pk) or own
        if not successors:
            lost.append(node.coded_label)
        found |= {pk: targets[pk] for pk in successors}
    return list(found.values()), lost
