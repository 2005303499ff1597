"""Versions: the wording that people chose and planned by is never edited, it is replaced."""

from __future__ import annotations

from django.db.models import Q
from django.utils.text import slugify

from cohorts.interchange.identity import derived
from cohorts.models import NodeLink, ProgramYear, Standard, StandardNode

# What a plan was written against. Filling one of these where it was empty takes nothing from anybody.
WORDING = ("label", "code", "summary", "official_text")
# What a statement means by its place; these are never empty, so any change counts.
PLACE = ("parent", "kind")


def years_settled_on(standard: Standard) -> list[ProgramYear]:
    """Program years that hold on to this wording: past their draft, or with choices already made."""
    years = standard.years.select_related("cohort").filter(
        ~Q(state=ProgramYear.State.DRAFT) | Q(selections__isnull=False)
    )
    return list(years.distinct())


def is_settled(standard: Standard) -> bool:
    return bool(years_settled_on(standard))


def changes_wording(field: str, before: object, after: object) -> bool:
    """Whether a change of that field alters what somebody may have planned by."""
    return field in PLACE or (field in WORDING and bool(before) and before != after)


def latest(standard: Standard) -> Standard:
    """The newest version in the line that begins with this one."""
    while (newer := Standard.objects.filter(replaces=standard).first()) is not None:
        standard = newer
    return standard


def copy_as_new_version(standard: Standard, version: str = "") -> Standard:
    """A new version with the same statements, each old one marked as replaced by its copy.

    Statements keep their identifiers from version to version, so that a later import of the same file
    finds them; the version itself gets an identifier of its own.
    """
    number = _number(standard) + 1
    fresh = Standard.objects.get(pk=standard.pk)
    fresh.pk = None
    fresh._state.adding = True
    fresh.identifier = derived(standard.identifier, "next version")
    fresh.version = _version_name(standard.version, version, number)
    fresh.slug = free_slug(standard.district_id, standard.title, fresh.version)
    fresh.uri = ""
    fresh.status = Standard.Status.IN_USE
    fresh.replaces = standard
    fresh.save()
    _copy_nodes(standard, fresh)
    return fresh


def _number(standard: Standard) -> int:
    number = 1
    while standard.replaces_id:
        number, standard = number + 1, Standard.objects.get(pk=standard.replaces_id)
    return number


def _version_name(old: str, wanted: str, number: int) -> str:
    """The file's own version where it differs, else the old one with a revision number."""
    if wanted and wanted != old:
        return wanted
    return f"{old.split(' rev. ')[0][:30]} rev. {number}".strip()


# Words that stand in the address where a standard's own part would.
RESERVED = {"library", "import"}


def free_slug(district_id: int, title: str, version: str) -> str:
    """An address part that no other standard of the district has."""
    base = slugify(f"{title} {version}")[:70].strip("-") or "standard"
    taken = RESERVED | set(
        Standard.objects.filter(district_id=district_id, slug__startswith=base).values_list("slug", flat=True)
    )
    choices = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in choices if slug not in taken)


def _copy_nodes(standard: Standard, fresh: Standard) -> None:
    old = list(standard.nodes.all())
    copies: dict[int, StandardNode] = {}
    for level in by_depth(old):
        for node in level:
            values = {
                f.attname: getattr(node, f.attname)
                for f in StandardNode._meta.concrete_fields
                if not f.primary_key
            }
            values |= {
                "standard_id": fresh.pk,
                "parent_id": copies[node.parent_id].pk if node.parent_id else None,
            }
            copies[node.pk] = StandardNode(**values)
        StandardNode.objects.bulk_create([copies[node.pk] for node in level])
    inside = NodeLink.objects.filter(origin__standard=standard, destination__standard=standard)
    links = [
        NodeLink(
            origin=copies[link.origin_id],
            destination=copies[link.destination_id],
            kind=link.kind,
            group=link.group,
        )
        for link in inside
    ]
    links += [NodeLink(origin=node, destination=copies[node.pk], kind=NodeLink.Kind.REPLACED) for node in old]
    NodeLink.objects.bulk_create(links)


def by_depth(nodes: list[StandardNode]) -> list[list[StandardNode]]:
    """The nodes level by level, so that each level can be stored at once after its parents."""
    levels: list[list[StandardNode]] = []
    placed: set[int | None] = {None}
    waiting = nodes
    while waiting:
        level = [node for node in waiting if node.parent_id in placed]
        if not level:
            raise ValueError(f"The statements of standard {nodes[0].standard_id} stand in a circle.")
        waiting = [node for node in waiting if node.parent_id not in placed]
        placed |= {node.pk for node in level}
        levels.append(level)
    return levels
