"""Adding people to a cohort."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import Leader, Membership
from cohorts.services.errors import RefusedError
from cohorts.services.memberships import AddedMembers, add_members
from tests.cast import YEAR_START, make_leader

pytestmark = pytest.mark.django_db


def add(cast, leaders, by=None, role="participant"):
    return add_members(
        by=by or cast.lead, cohort=cast.cohort, leaders=leaders, role=role, joined_on=YEAR_START
    )


def test_new_returning_and_present_people_are_told_apart(cast):
    new = make_leader(cast.district, "new@example.ca")
    back = cast.members["mate"]
    back.left_on = YEAR_START + datetime.timedelta(days=90)
    back.save()
    result = add(cast, [new, new, back.leader, cast.members["third"].leader])
    assert result == AddedMembers(added=1, returned=1, already=1)
    assert Membership.objects.get(pk=back.pk).left_on is None
    assert Membership.objects.filter(cohort=cast.cohort, leader=new, role="participant").count() == 1


def test_a_second_role_is_a_membership_of_its_own(cast):
    assert add(cast, [cast.members["mate"].leader], role="facilitator").added == 1


@pytest.mark.parametrize("off", ["foreign", "inactive"])
def test_nobody_is_added_when_one_is_not_on_the_roll(cast, other, off):
    new = make_leader(cast.district, "new@example.ca")
    wrong = other.members["mate"].leader
    if off == "inactive":
        Leader.objects.filter(pk=cast.members["mate"].leader_id).update(is_active=False)
        wrong = Leader.objects.get(pk=cast.members["mate"].leader_id)
    with pytest.raises(RefusedError, match="Not on the roll of Willow Plains School Division: Mate Person"):
        add(cast, [new, wrong])
    assert not new.memberships.exists()


@pytest.mark.parametrize("role", ["participant", "facilitator", "stranger"])
def test_only_those_who_configure_add_people(cast, role):
    with pytest.raises(PermissionDenied):
        add(cast, [], by=getattr(cast, role))


def test_fifty_five_people_cost_what_one_costs(cast):
    counts = []
    for prefix, n in (("a", 1), ("b", 55)):
        leaders = [make_leader(cast.district, f"{prefix}{i}@example.ca") for i in range(n)]
        leaders = list(Leader.objects.filter(pk__in=[leader.pk for leader in leaders]))
        with CaptureQueriesContext(connection) as caught:
            add(cast, leaders)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 8
