"""Who was featured how often: led an item of the year's agendas, or came as a guest."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from cohorts.models import AgendaItem, ProgramYear


@dataclass(frozen=True)
class Featured:
    name: str
    times: int
    minutes: int
    guest: bool


def featured_in(year: ProgramYear) -> list[Featured]:
    """Everybody who led something, the most often first; two queries."""
    items = AgendaItem.objects.kept().filter(session__program_year=year)
    sums = {"times": Count("pk"), "minutes": Sum("minutes")}
    led = items.filter(lead__isnull=False).values("lead__leader__user__name").annotate(**sums)
    guests = items.exclude(guest="").values("guest").annotate(**sums)
    rows = [Featured(row["lead__leader__user__name"], row["times"], row["minutes"], False) for row in led]
    rows += [Featured(row["guest"], row["times"], row["minutes"], True) for row in guests]
    return sorted(rows, key=lambda each: (-each.times, each.name))
