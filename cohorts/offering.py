"""The competencies that a year offers, each with what stands below it in the standard."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from cohorts.models import ProgramYear, StandardNode


def offered_competencies(year: ProgramYear) -> QuerySet[StandardNode]:
    """In the order of the offer, with `parts`: two levels of indicators, in three queries in all."""
    below = StandardNode.objects.order_by("position", "pk")
    parts = below.prefetch_related(Prefetch("children", queryset=below, to_attr="parts"))
    return (
        StandardNode.objects.filter(offers__program_year=year)
        .order_by("offers__position", "position", "pk")
        .prefetch_related(Prefetch("children", queryset=parts, to_attr="parts"))
    )
