"""Setting two views side by side, picking what to work on, and ending the picking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Cohort, DialogueKit
from leaderdev.common.refusals import RefusedError
from surveys.models import Priority, ViewPair, Wave
from surveys.permissions import may_join_views, may_pick
from surveys.two_views import MOST_PICKS
from surveys.view_pairs import (
    asks_for_research,
    beside,
    pickers_of,
    research_sentence,
    shared_items,
    smallest_of,
    voter_of,
)


@transaction.atomic
def join_views(
    *,
    by: Any,
    cohort: Cohort,
    title: str,
    left: Wave,
    left_name: str,
    right: Wave,
    right_name: str,
    kit: DialogueKit | None = None,
) -> ViewPair:
    """Two waves of one cohort that ask the same statements. Raises RefusedError."""
    if not may_join_views(by, cohort.district):
        raise PermissionDenied
    for wave in (left, right):
        if wave.survey.cohort_id != cohort.pk:
            raise RefusedError(_("Both waves must have asked people of this cohort."))
        if asks_for_research(wave):
            raise RefusedError(research_sentence(wave))
    if left.pk == right.pk:
        raise RefusedError(_("These are the same wave. Choose two."))
    if kit is not None and kit.district_id != cohort.district_id:
        raise RefusedError(_("This kit belongs to another district."))
    if not shared_items(left, right):
        raise RefusedError(
            _(
                "These waves share no statement: the same number, on a scale of as many levels. Ask both "
                "groups with one instrument, or with a copy of it."
            )
        )
    return ViewPair.objects.create(
        cohort=cohort,
        title=title,
        left=left,
        left_name=left_name,
        right=right,
        right_name=right_name,
        kit=kit,
    )


@transaction.atomic
def pick(*, by: Any, pair: ViewPair, codes: Sequence[str]) -> None:
    """The person's own choice, in place of the one before; none takes it back. Raises RefusedError."""
    if not may_pick(by, pair):
        raise PermissionDenied
    pair = _locked(pair)
    if pair.picking_over:
        raise RefusedError(_("Picking is over, and the counts may have been read. Your choice stays."))
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST_PICKS:
        raise RefusedError(_("Pick three at most: what you would begin with."))
    offered = {each.code for each in beside(pair, timezone.now()).statements}
    if not offered.issuperset(wanted):
        raise RefusedError(_("One of these statements does not stand here. Nothing was stored."))
    voter = voter_of(by, pair)
    pair.priorities.filter(voter=voter).delete()
    Priority.objects.bulk_create(Priority(pair=pair, voter=voter, code=code) for code in wanted)


@transaction.atomic
def end_picking(*, by: Any, pair: ViewPair) -> None:
    """Show the counts, for good: after that, one more pick would be told by the difference."""
    if not may_join_views(by, pair.cohort.district):
        raise PermissionDenied
    pair = _locked(pair)
    if pair.picking_over:
        raise RefusedError(_("Picking is over already."))
    smallest = smallest_of(pair)
    if pickers_of(pair) < smallest:
        raise RefusedError(
            _("Fewer than %(smallest)d people have picked, so no count could be shown. Let more pick first.")
            % {"smallest": smallest}
        )
    pair.picking_over = True
    pair.save(update_fields=["picking_over"])


@transaction.atomic
def remove_pair(*, by: Any, pair: ViewPair) -> None:
    """A pair on which nobody has picked anything can go; the waves and their answers stay."""
    if not may_join_views(by, pair.cohort.district):
        raise PermissionDenied
    pair = _locked(pair)
    if pair.priorities.exists():
        raise RefusedError(_("People have picked here, so these two views stay."))
    pair.delete()


def _locked(pair: ViewPair) -> ViewPair:
    # Two tabs, or a pick while the lead ends the picking: one after the other.
    rows = ViewPair.objects.select_for_update(of=("self",)).with_both_sides()
    return rows.get(pk=pair.pk)
