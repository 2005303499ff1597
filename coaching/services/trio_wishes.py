"""What a participant wishes for her trio. Read and written by her alone; the solver reads it too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.forming_permissions import may_wish
from coaching.models import MOST_APART, MOST_PARTNERS, TrioWishes
from cohorts.models import Membership, ProgramYear, TrioSeat
from leaderdev.common.refusals import RefusedError

CONTEXTS = ("", "same", "different")


def wishes_of(*, membership: Membership, year: ProgramYear) -> TrioWishes:
    """Her row, or an empty one that is not stored."""
    found = TrioWishes.objects.filter(membership=membership, program_year=year).first()
    return found or TrioWishes(membership=membership, program_year=year)


def possible_people(membership: Membership, year: ProgramYear) -> list[Membership]:
    """Whom a wish may name: everyone else who takes part in the year, by name."""
    others = Membership.objects.in_year(year).participants().current().exclude(leader=membership.leader_id)
    return list(others.by_name())


@transaction.atomic
def say_wishes(
    *,
    by: Any,
    membership: Membership,
    year: ProgramYear,
    partners: Iterable[int],
    apart: Iterable[int],
    context: str,
) -> TrioWishes:
    """Store the wishes. RefusedError: a stranger's name, too many, one name in both lists."""
    if not may_wish(by, membership, year):
        raise RefusedError(_("Each participant says her own wishes, while the year is open."))
    with_, without = set(partners), set(apart)
    if (with_ | without) - {one.pk for one in possible_people(membership, year)}:
        raise RefusedError(_("Choose people who take part in this year."))
    if with_ & without:
        raise RefusedError(_("Nobody can stand in both lists."))
    if len(with_) > MOST_PARTNERS or len(without) > MOST_APART:
        raise RefusedError(
            _("Name at most %(with)d people you would like and %(without)d you would rather not sit with.")
            % {"with": MOST_PARTNERS, "without": MOST_APART}
        )
    if context not in CONTEXTS:
        raise RefusedError(_("Choose one of the kinds of school."))
    row = wishes_of(membership=membership, year=year)
    row.partners, row.apart = sorted(with_), sorted(without)
    row.context, row.changed_at = context, timezone.now()
    row.save()
    return row


def unkept(membership: Membership, year: ProgramYear, wishes: TrioWishes) -> list[Membership]:
    """People the author asked not to sit with and shares a published trio with; for her own page only."""
    seats = TrioSeat.objects.current().filter(program_year=year, trio__published_at__isnull=False)
    mine = seats.filter(membership=membership).values("trio_id")
    mates = seats.filter(trio_id__in=mine, membership_id__in=wishes.apart)
    return [seat.membership for seat in mates.select_related("membership__leader__user")]
