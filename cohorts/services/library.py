"""The district's dialogue kits and resources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import DialogueKit, District, LearningSession, Resource, StandardNode
from cohorts.permissions import may_keep_library
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.guarding import checked, locked_session

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "kits"
_LISTS = ("provocations", "questions", "statements", "act")


@cache
def shipped_kits() -> dict[str, dict[str, str]]:
    """Slug → fields of DialogueKit, for the kits that come with the product, by title."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.json")}
    kits = {
        slug: {name: "\n".join(text) if name in _LISTS else text for name, text in kit.items()}
        for slug, kit in found.items()
    }
    return dict(sorted(kits.items(), key=lambda pair: pair[1]["title"]))


@transaction.atomic
def adopt_kit(*, by: Any, district: District, slug: str) -> DialogueKit:
    """The district's own copy of a shipped kit, to use and to reword; asking again gives the same one."""
    _guard(by, district)
    shipped = shipped_kits().get(slug)
    if shipped is None:
        raise RefusedError(_("Choose one of the kits on the page."))
    there = DialogueKit.objects.filter(district=district, library_slug=slug).first()
    if there is not None:
        return there
    kit = DialogueKit(district=district, library_slug=slug, **shipped)
    checked(kit)
    kit.save()
    return kit


@transaction.atomic
def save_kit(
    *, by: Any, district: District, values: dict[str, Any], kit: DialogueKit | None = None
) -> DialogueKit:
    _guard(by, district)
    return _saved(kit or DialogueKit(district=district), values)


@transaction.atomic
def save_resource(
    *,
    by: Any,
    district: District,
    values: dict[str, Any],
    competencies: Sequence[StandardNode] = (),
    resource: Resource | None = None,
) -> Resource:
    """Add or change a resource; its competencies become exactly the given ones."""
    _guard(by, district)
    if any(node.standard.district_id != district.pk for node in competencies):
        raise RefusedError(_("Choose competencies of your own district’s standards."))
    row = _saved(resource or Resource(district=district), values)
    row.competencies.set(competencies)
    return row


@transaction.atomic
def attach(*, by: Any, session: LearningSession, resource: Resource, attached: bool) -> None:
    """Put a resource beside a session's agenda, or take it away again."""
    session = locked_session(by, session)
    if resource.district_id != session.program_year.cohort.district_id:
        raise RefusedError(_("Choose a resource of your own district."))
    if attached:
        session.resources.add(resource)
    else:
        session.resources.remove(resource)


def _guard(by: Any, district: District) -> None:
    if not may_keep_library(by, district):
        raise PermissionDenied


def _saved(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    checked(row)
    row.save()
    return row
