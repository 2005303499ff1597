"""A plan of the participant, empty and her own."""

from __future__ import annotations

import pytest

from cohorts.models import CompetencySelection
from growthplans.models import GrowthPlan
from growthplans.services.starting import start_plan


@pytest.fixture
def selection(cast) -> CompetencySelection:
    return CompetencySelection.objects.create(
        membership=cast.members["participant"],
        program_year=cast.year,
        competency=cast.standard.nodes.competencies()[0],
        rationale="Our staff room went quiet.",
    )


@pytest.fixture
def plan(cast) -> GrowthPlan:
    return start_plan(
        by=cast.participant, membership=cast.members["participant"], year=cast.year, origin="blank"
    )
