"""What a program year offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import permissions
from cohorts.models import OfferedCompetency, ProgramYear, StandardNode
from cohorts.services.errors import RefusedError


@transaction.atomic
def offer(*, by: Any, year: ProgramYear, competencies: Sequence[StandardNode]) -> None:
    """Make these the year's offer, in the order of the standard; the same few queries for any number.

    Raises RefusedError when one of them is not of the year's standard, or when one that somebody has
    chosen would be withdrawn.
    """
    if not permissions.may_configure_year(by, year):
        raise PermissionDenied
    # Whoever chooses locks the year as well: nothing is withdrawn in the moment in which it is chosen.
    year = ProgramYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    wanted = {node.pk: node for node in competencies}
    if any(node.standard_id != year.standard_id or not node.focus_selectable for node in wanted.values()):
        raise RefusedError(_("Offer only competencies of the year’s own standard."))
    refuse_withdrawing_chosen(year, list(wanted))
    OfferedCompetency.objects.filter(program_year=year).exclude(competency__in=wanted).delete()
    kept = set(OfferedCompetency.objects.filter(program_year=year).values_list("competency_id", flat=True))
    OfferedCompetency.objects.bulk_create(
        OfferedCompetency(program_year=year, competency=node, position=node.position)
        for pk, node in wanted.items()
        if pk not in kept
    )


def refuse_withdrawing_chosen(year: ProgramYear, wanted: Sequence[int]) -> None:
    """A competency that somebody chose this year stays offered this year."""
    chosen = StandardNode.objects.filter(selections__program_year=year).exclude(pk__in=wanted).distinct()
    names = [node.coded_label for node in chosen]
    if names:
        raise RefusedError(
            _("Somebody has chosen this already, so it stays offered: %(names)s.")
            % {"names": ", ".join(names)}
        )
