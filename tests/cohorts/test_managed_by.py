"""Who configures a district: asked of one leader at a time, never of the district as a whole."""

from __future__ import annotations

import pytest

from cohorts.models import District
from tests.cast import Cast


@pytest.mark.parametrize(
    "who", ["participant", "bystander", "facilitator", "researcher", "stranger", "disabled"]
)
def test_a_colleague_of_a_program_lead_configures_nothing(cast: Cast, who: str) -> None:
    assert list(District.objects.managed_by(getattr(cast, who))) == []


@pytest.mark.parametrize("who", ["lead", "manager"])
def test_a_lead_and_whoever_is_marked_configure_their_own_district_once(
    cast: Cast, other: Cast, who: str
) -> None:
    assert list(District.objects.managed_by(getattr(cast, who))) == [cast.district]


def test_a_lead_who_left_configures_nothing_any_more(cast: Cast) -> None:
    membership = cast.members["lead"]
    membership.left_on = cast.year.ends_on
    membership.save()

    assert list(District.objects.managed_by(cast.lead)) == []
