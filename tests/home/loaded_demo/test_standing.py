"""What the start page puts together by hand is what the querysets find, for everybody in the demo."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from cohorts.models import LearningSession, ProgramYear, Trio
from cohorts.standing import standing_of
from growthplans.models import GrowthPlan
from leaderdev.accounts.models import User
from surveys.todo import waiting_waves_of, waves_of
from tests.home.loaded_demo import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_of_loading(demo):
    with time_machine.travel(TODAY, tick=False):
        yield


def keys(rows) -> set[int]:
    return {row.pk for row in rows}


def test_the_years_are_those_that_the_person_may_see():
    for user in User.objects.all():
        seen = ProgramYear.objects.visible_to(user).exclude(state="closed")
        assert keys(standing_of(user).years) == keys(seen), user


def test_the_sessions_are_those_of_the_open_years_of_the_person():
    now, found = timezone.now(), set()
    for user in User.objects.filter(is_superuser=False):
        standing = standing_of(user)
        years = [year for year in standing.years if year.is_open]
        mine = LearningSession.objects.after(now).filter(program_year__in=years)
        assert keys(standing.coming_up) == keys(mine[:3]), user
        found |= keys(standing.coming_up)
    assert found


def test_the_trios_and_the_plans_of_mates_are_those_that_the_person_may_read():
    read = set()
    for user in User.objects.all():
        trios = standing_of(user).trios
        assert keys(trios) == keys(Trio.objects.seating(user).filter(program_year__state="open")), user
        mates = {(seat.membership_id, trio.program_year_id) for trio in trios for seat in trio.mates}
        shared = GrowthPlan.objects.shared().filter(membership__in={member for member, _year in mates})
        plans = [plan for plan in shared if (plan.membership_id, plan.program_year_id) in mates]
        assert keys(plans) == keys(GrowthPlan.objects.of_mates(user).filter(program_year__state="open")), user
        read |= keys(plans)
    assert read


def test_the_surveys_that_wait_are_the_open_ones_of_the_list():
    now, found = timezone.now(), set()
    for user in User.objects.all():
        listed = [own.wave for own in waves_of(user, now) if own.state == "open"]
        assert keys(waiting_waves_of(user, now)) == keys(listed), user
        found |= keys(listed)
    assert found


def test_the_posts_of_mates_are_their_current_ones():
    shown = 0
    for user in User.objects.filter(leaders__memberships__seats__isnull=False).distinct():
        for trio in standing_of(user).trios:
            for seat in trio.mates:
                leader = seat.membership.leader
                assert keys(leader.current_posts) == keys(leader.appointments.current())
                shown += len(leader.current_posts)
    assert shown
