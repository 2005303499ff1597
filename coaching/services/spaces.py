"""A trio's norms and materials."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import NormAgreement, TrioMaterial, TrioSpace
from coaching.norms import circle_key
from coaching.services.loading import locked
from cohorts.models import Trio
from cohorts.services.errors import RefusedError


class StaleNormsError(RefusedError):
    """Somebody else changed the norms meanwhile; `space` is what stands there."""

    def __init__(self, space: TrioSpace) -> None:
        self.space = space
        super().__init__(
            _("Somebody changed the norms meanwhile. Both wordings are below: keep what you want.")
        )


@transaction.atomic
def write_norms(*, by: Any, trio: Trio, norms: str, version: int) -> TrioSpace:
    """Put down the trio's norms, one a line; who writes them agrees, everybody else is asked again.

    `version` is the one the page showed, 0 where there was none. Raises StaleNormsError.
    """
    seat = locked(by=by, trio=trio)
    lines = [" ".join(line.split()) for line in norms.splitlines()]
    text = "\n".join(line for line in lines if line)
    if not text:
        raise RefusedError(_("Write at least one norm, one on each line."))
    space, created = TrioSpace.objects.get_or_create(trio=trio, defaults={"norms": text})
    if not created and space.norms != text:
        if space.version != version:
            raise StaleNormsError(space)
        space.norms, space.version = text, space.version + 1
        space.save()
    _agree(space, seat.membership_id, trio)
    return space


@transaction.atomic
def agree(*, by: Any, trio: Trio, version: int) -> None:
    """Agree to the norms as the page showed them. Raises RefusedError when they read otherwise now."""
    seat = locked(by=by, trio=trio)
    space = TrioSpace.objects.filter(trio=trio).first()
    if space is None or not space.norm_list or space.version != version:
        raise RefusedError(_("The norms were changed meanwhile. Read them once more, then agree."))
    _agree(space, seat.membership_id, trio)


def _agree(space: TrioSpace, membership_id: int, trio: Trio) -> None:
    NormAgreement.objects.update_or_create(
        space=space,
        membership_id=membership_id,
        defaults={"version": space.version, "circle": circle_key(trio), "agreed_at": timezone.now()},
    )


@transaction.atomic
def add_material(*, by: Any, trio: Trio, title: str, where: str) -> TrioMaterial:
    """Keep something the trio uses: a name, and an address or where it lies."""
    seat = locked(by=by, trio=trio)
    return TrioMaterial.objects.create(
        trio=trio, title=title.strip(), where=where.strip(), added_by=seat.membership
    )


@transaction.atomic
def remove_material(*, by: Any, trio: Trio, material_id: int) -> None:
    locked(by=by, trio=trio)
    TrioMaterial.objects.filter(trio=trio, pk=material_id).delete()
