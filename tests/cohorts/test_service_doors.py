"""Services ask for themselves who acts, whatever page called them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from cohorts import permissions
from cohorts.interchange.moodle.table import is_moodle
from cohorts.services import invite_members, leaders, offers
from cohorts.services.errors import RefusedError


def test_who_sees_a_directory_and_who_reminds(cast, other):
    seen = {
        name: permissions.may_see_directory(getattr(cast, name), cast.cohort)
        for name in ("participant", "lead")
    }
    assert seen == {"participant": True, "lead": True}
    assert not permissions.may_see_directory(other.lead, cast.cohort)
    assert permissions.may_remind_to_choose(cast.lead, cast.year)
    assert not permissions.may_remind_to_choose(cast.participant, cast.year)


def test_only_those_who_configure_invite(cast, other):
    for person in (cast.participant, other.lead):
        with pytest.raises(PermissionDenied):
            invite_members.invite_waiting(by=person, cohort=cast.cohort)


def test_a_roll_is_changed_by_its_own_district(cast, other):
    leader = cast.members["mate"].leader
    with pytest.raises(PermissionDenied):
        leaders.rename(by=other.lead, leader=leader, name="Somebody Else")
    with pytest.raises(PermissionDenied):
        leaders.make_inactive(by=other.lead, leaders=[leader])
    leader.refresh_from_db()
    assert (leader.is_active, leader.user.name) == (True, "Mate Person")


def test_an_operators_name_is_changed_in_the_own_profile(cast):
    leader = cast.members["mate"].leader
    leader.user.is_staff = True
    leader.user.save()
    with pytest.raises(RefusedError, match="own profile"):
        leaders.rename(by=cast.lead, leader=leader, name="Somebody Else")


def test_people_come_back_to_the_roll(cast):
    leader = cast.members["mate"].leader
    assert leaders.make_inactive(by=cast.lead, leaders=[leader]) == 1
    assert leaders.make_active(by=cast.lead, leaders=[leader]) == 1
    leader.refresh_from_db()
    assert leader.is_active


def test_an_offer_is_made_of_the_years_own_standard_by_those_who_configure_it(cast, other):
    with pytest.raises(PermissionDenied):
        offers.offer(by=cast.participant, year=cast.year, competencies=[])
    foreign = list(other.standard.nodes.competencies())
    with pytest.raises(RefusedError, match="own standard"):
        offers.offer(by=cast.lead, year=cast.year, competencies=foreign)
    assert cast.year.offered.count() == 3


def test_an_empty_file_is_no_framework_of_moodle():
    assert not is_moodle([])
