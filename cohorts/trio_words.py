"""What the people of one trio wrote about their choices, for each other."""

from __future__ import annotations

from django.db.models import QuerySet

from cohorts.models import CompetencySelection, Membership, ProgramYear, TrioSeat


def words_of_mates(member: Membership, year: ProgramYear) -> QuerySet[CompetencySelection]:
    """Current choices of those who sit in the member's published trio now, by name.

    The same people as permissions.may_read_rationale answers yes for; a test holds the two together.
    """
    seats = TrioSeat.objects.current().filter(program_year=year, trio__published_at__isnull=False)
    mine = seats.filter(membership=member)
    mates = seats.filter(trio_id__in=mine.values("trio_id")).exclude(membership=member)
    choices = CompetencySelection.objects.current().filter(program_year=year)
    return (
        choices.filter(membership_id__in=mates.values("membership_id"))
        .select_related("competency", "membership__leader__user")
        .order_by("membership__leader__user__name", "pk")
    )
