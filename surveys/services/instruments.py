"""Instruments: from an outline, as a copy, from our library; and changing one that nobody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import District, Standard, StandardNode
from leaderdev.common.refusals import RefusedError
from surveys.interchange.outline import ItemOutline, Outline, SectionOutline, from_json
from surveys.models import AnswerLevel, AnswerScale, Instrument, Item, Section, Wording
from surveys.permissions import may_build_instruments, may_change_instrument
from surveys.services.translations import carry_over, forget_orphans

LIBRARY = Path(__file__).resolve().parents[1] / "data"


def library() -> list[Outline]:
    """The instruments that come with the product, in our own words."""
    return [from_json(path.read_text(encoding="utf-8")) for path in sorted(LIBRARY.glob("*.json"))]


@transaction.atomic
def adopt(*, by: Any, district: District, slug: str, standard: Standard | None = None) -> Instrument:
    """The district's own copy of a shipped instrument, tied to its standard where the codes agree."""
    found = next((outline for outline in library() if outline.slug == slug), None)
    if found is None:
        raise RefusedError(_("There is no such instrument in the library."))
    return build(by=by, district=district, outline=found, standard=standard)


@transaction.atomic
def build(*, by: Any, district: District, outline: Outline, standard: Standard | None = None) -> Instrument:
    """A new instrument from an outline; the next version where the district has one of this name."""
    if not may_build_instruments(by, district):
        raise PermissionDenied
    # Two who build at the same moment take turns at the district's row, and so get two versions.
    District.objects.select_for_update().get(pk=district.pk)
    slug = (outline.slug or slugify(outline.title))[:80] or "instrument"
    last = Instrument.objects.filter(district=district, slug=slug).aggregate(last=Max("version"))["last"]
    instrument = Instrument.objects.create(
        district=district,
        slug=slug,
        version=(last or 0) + 1,
        title=outline.title[:160],
        kind=outline.kind,
        language=outline.language,
        purpose=outline.purpose,
        consent_text=outline.consent_text,
        thanks=outline.thanks,
        standard=standard,
    )
    scales = {name: _add_scale(instrument, name, labels) for name, labels in outline.scales.items()}
    nodes = {} if standard is None else {node.code: node for node in standard.nodes.all() if node.code}
    sections = Section.objects.bulk_create(
        Section(instrument=instrument, position=place, title=section.title[:160], intro=section.intro)
        for place, section in enumerate(outline.sections, start=1)
    )
    rows = [
        _Row(section, position, told)
        for section, its in zip(sections, outline.sections, strict=True)
        for position, told in enumerate(its.items, start=1)
    ]
    # What looks back comes after what it looks back at, wherever it stands on the pages.
    made: dict[str, Item] = {}
    for row in sorted(rows, key=lambda row: row.told.kind == Item.Kind.THEN):
        made[row.told.code.lower()] = _add_item(row, scales, nodes, made)
    return instrument


@transaction.atomic
def copy(*, by: Any, instrument: Instrument) -> Instrument:
    """The next version, with the same words and translations, free to be changed."""
    fresh = build(
        by=by, district=instrument.district, outline=outline_of(instrument), standard=instrument.standard
    )
    fresh.copied_from = instrument
    fresh.save(update_fields=["copied_from"])
    carry_over(old=instrument, fresh=fresh)
    return fresh


def outline_of(instrument: Instrument) -> Outline:
    """The instrument as plain values; five queries however long it is."""
    scales = {
        scale.name: tuple(level.label for level in scale.levels.all())
        for scale in instrument.scales.prefetch_related("levels")
    }
    texts: dict[str, dict[str, str]] = {}
    for wording in instrument.wordings.all():
        texts.setdefault(wording.place, {})[wording.language] = wording.text
    rows = Section.objects.filter(instrument=instrument).order_by("position", "pk")
    sections = tuple(
        SectionOutline(
            title=section.title,
            intro=section.intro,
            items=tuple(
                _outlined(item, texts.get(f"item.{item.pk}.text", {})) for item in section.items.all()
            ),
        )
        for section in rows.prefetch_related("items__scale", "items__node", "items__looks_back_at")
    )
    return Outline(
        title=instrument.title,
        slug=instrument.slug,
        sections=sections,
        scales=scales,
        kind=instrument.kind,
        language=instrument.language,
        purpose=instrument.purpose,
        consent_text=instrument.consent_text,
        thanks=instrument.thanks,
    )


def _outlined(item: Item, texts: dict[str, str]) -> ItemOutline:
    return ItemOutline(
        code=item.code,
        text=item.text,
        kind=item.kind,
        asked_in=item.asked_in,
        help_text=item.help_text,
        scale=item.scale.name if item.scale else "",
        node=item.node.code if item.node else "",
        reverse_keyed=item.reverse_keyed,
        looks_back_at=item.looks_back_at.code if item.looks_back_at else "",
        texts=texts,
    )


def _add_scale(instrument: Instrument, name: str, labels: tuple[str, ...]) -> AnswerScale:
    scale = AnswerScale.objects.create(instrument=instrument, name=name[:80])
    AnswerLevel.objects.bulk_create(
        AnswerLevel(scale=scale, value=value, label=label[:80]) for value, label in enumerate(labels, start=1)
    )
    return scale


class _Row(NamedTuple):
    section: Section
    position: int
    told: ItemOutline


def _add_item(
    row: _Row, scales: dict[str, AnswerScale], nodes: dict[str, StandardNode], made: dict[str, Item]
) -> Item:
    told = row.told
    item = Item.objects.create(
        section=row.section,
        position=row.position,
        code=told.code,
        kind=told.kind,
        asked_in=told.asked_in,
        text=told.text,
        help_text=told.help_text[:300],
        scale=None if told.kind == Item.Kind.OPEN else scales[told.scale],
        node=nodes.get(told.node),
        reverse_keyed=told.reverse_keyed,
        looks_back_at=made.get(told.looks_back_at.lower()) if told.kind == Item.Kind.THEN else None,
    )
    Wording.objects.bulk_create(
        Wording(
            instrument_id=row.section.instrument_id,
            language=language,
            place=f"item.{item.pk}.text",
            text=text,
        )
        for language, text in told.texts.items()
    )
    return item


def changeable(*, by: Any, instrument: Instrument) -> Instrument:
    """The instrument, locked for a change. Raises PermissionDenied, or RefusedError when it is frozen."""
    found = (
        Instrument.objects.select_for_update(of=("self",)).select_related("district").get(pk=instrument.pk)
    )
    if not may_build_instruments(by, found.district):
        raise PermissionDenied
    if not may_change_instrument(by, found):
        raise RefusedError(
            _("Somebody has answered this instrument, so its wording is frozen. Make a copy and change that.")
        )
    return found


@transaction.atomic
def save_part(*, by: Any, instrument: Instrument, part: Any, fields: Sequence[str] = ()) -> Any:
    """Store a new or changed section or item, or the instrument's own words. `part` is validated.

    Of one that is there only `fields` change: its place may have been changed in another tab. Raises
    RefusedError for one that was removed there.
    """
    changeable(by=by, instrument=instrument)
    if part.pk is None:
        part.save()
    elif not type(part).objects.filter(pk=part.pk).exists():
        raise RefusedError(_("This part was removed meanwhile. Nothing was stored."))
    else:
        part.save(update_fields=fields or None)
    forget_orphans(instrument)
    return part


def next_place(siblings: Any) -> int:
    """Behind all of them, also where some were taken away in between."""
    return (siblings.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def set_levels(*, by: Any, scale: AnswerScale, name: str, labels: list[str]) -> None:
    """The name of a new or known scale and its levels, from the lowest; a level that stays keeps its
    translations.
    """
    changeable(by=by, instrument=scale.instrument)
    scale.name = name
    scale.save()
    there = {level.value: level for level in scale.levels.all()}
    for value, label in enumerate(labels, start=1):
        level = there.pop(value, None) or AnswerLevel(scale=scale, value=value)
        level.label = label
        level.save()
    scale.levels.filter(value__in=there).delete()
    forget_orphans(scale.instrument)


@transaction.atomic
def remove_part(*, by: Any, instrument: Instrument, part: Any) -> None:
    """Remove a section with its items, or an item."""
    changeable(by=by, instrument=instrument)
    part.delete()
    forget_orphans(instrument)


@transaction.atomic
def move_part(*, by: Any, instrument: Instrument, part: Any, up: bool) -> None:
    """One place up or down among its siblings; at the end of the row nothing happens."""
    changeable(by=by, instrument=instrument)
    siblings = instrument.sections.all() if isinstance(part, Section) else part.section.items.all()
    row = list(siblings.order_by("position", "pk"))
    here = next(place for place, other in enumerate(row) if other.pk == part.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for place, other in enumerate(row, start=1):
        if other.position != place:
            type(other).objects.filter(pk=other.pk).update(position=place)
