"""Evidence as its own page shows it."""

from __future__ import annotations

from growthplans.models import Evidence, GrowthPlan


def shown_evidence(plan: GrowthPlan) -> list[Evidence]:
    """The latest first, each with `goal_number` (from 1) or None. Two queries."""
    numbers = {pk: place for place, pk in enumerate(plan.goals.values_list("pk", flat=True), start=1)}
    rows = list(plan.evidence.select_related("indicator"))
    for row in rows:
        row.goal_number = numbers.get(row.goal_id)
    return rows
