"""Taking something from the library to one's trio, by one's own click."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import TrioMaterial
from coaching.services.spaces import add_material
from cohorts.models import ProgramYear, Resource, Trio
from leaderdev.common.refusals import RefusedError


def own_trios(user: Any, district_id: int) -> list[Trio]:
    """Trios of open years of the district in which the person sits now."""
    rows = Trio.objects.seating(user).filter(
        program_year__state=ProgramYear.State.OPEN, program_year__cohort__district_id=district_id
    )
    return list(rows.select_related("program_year__cohort", "competency").order_by("pk"))


def place_of(resource: Resource) -> str:
    """Where it is read: its own address, else its page in the library."""
    return resource.address or settings.SITE_URL + reverse("cohorts:resource_detail", args=[resource.pk])


@transaction.atomic
def take_to_trio(*, by: Any, resource: Resource, trio: Trio) -> TrioMaterial:
    """The resource stands among the trio's materials; a second click finds it there. Raises
    RefusedError for a trio in which the person does not sit, of a closed year or of another district."""
    if trio not in own_trios(by, resource.district_id):
        raise RefusedError(_("Choose one of your trios of this district."))
    made = add_material(by=by, trio=trio, title=resource.title, where=place_of(resource))
    # The words are sealed, so that the database cannot say whether they stand there already.
    for row in TrioMaterial.objects.filter(trio=trio).exclude(pk=made.pk):
        if (row.title, row.where) == (made.title, made.where):
            made.delete()
            return row
    return made
