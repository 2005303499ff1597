"""Who configures a district's program: by the roll or as a program lead, in that district alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cohorts.models import District, Leader, School


@pytest.mark.parametrize(
    ("role", "manages"),
    [
        ("manager", True),
        ("lead", True),
        ("operator", True),
        ("participant", False),
        ("facilitator", False),
        ("researcher", False),
        ("bystander", False),
        ("stranger", False),
    ],
)
def test_who_configures_the_district(cast, role, manages):
    found = District.objects.managed_by(getattr(cast, role))
    assert list(found) == ([cast.district] if manages else [])


def test_nobody_configures_another_district(cast, other):
    assert list(District.objects.managed_by(other.lead)) == [other.district]
    assert not School.objects.managed_by(other.manager).in_district(cast.district).exists()


def test_who_left_the_roll_or_the_lead_configures_nothing(cast):
    Leader.objects.filter(user=cast.manager).update(is_active=False)
    lead = cast.members["lead"]
    lead.left_on = timezone.localdate()
    lead.save()
    assert not District.objects.managed_by(cast.manager).exists()
    assert not District.objects.managed_by(cast.lead).exists()
