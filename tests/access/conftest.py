"""Every page for every role: the people are the same throughout."""

from __future__ import annotations

import pytest

from growthplans.models import GrowthPlan
from tests.access.plan_marks import mark
from tests.standing import cast, other, standing

__all__ = ["cast", "marked", "other", "standing"]


@pytest.fixture
def marked(cast) -> GrowthPlan:
    """The participant's shared plan, with the marker in every column that holds somebody's words."""
    return mark(cast)
