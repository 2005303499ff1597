"""What forming knows of each participant: post, experience, last year's trio, free half-days."""

from __future__ import annotations

import datetime

import pytest

from coaching.availability import WeeklyHours
from coaching.models import TravelMinutes
from coaching.participants import minutes_table, participants_of, rules_of, waiting_people
from coaching.services.availability import say_weekly_hours
from cohorts.models import ProgramYear, Trio, TrioSeat
from tests.coaching.forming import choose, crowd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_year(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC))


def person_of(cast, member):
    return next(one.person for one in participants_of(cast.year) if one.membership == member)


def test_a_post_and_the_years_of_leading_are_known(cast):
    member = crowd(cast, 1)[0]
    member.leader.leads_since = cast.year.starts_on.year - 7
    member.leader.save()
    school = member.leader.current_post.school
    found = person_of(cast, member)
    assert (found.school, found.lat, found.lng) == (str(school.pk), 53.0, -113.0)
    assert (found.role, found.experience) == ("principal", 7.0)
    assert waiting_people(cast.year) == [found], "those who have not chosen are not in it"


def test_last_years_trio_is_the_one_that_was_told(cast):
    one, two, three = crowd(cast, 3)
    before = ProgramYear.objects.create(
        cohort=cast.cohort,
        standard=cast.standard,
        label="2025–26",
        slug="2025-26",
        starts_on=cast.year.starts_on - datetime.timedelta(days=364),
        ends_on=cast.year.starts_on - datetime.timedelta(days=60),
    )
    told, kept = (
        Trio.objects.create(
            program_year=before,
            competency=cast.standard.nodes.competencies()[0],
            number=number,
            published_at=published,
        )
        for number, published in ((1, cast.trio.published_at), (2, None))
    )
    TrioSeat.objects.create(program_year=before, trio=told, membership=one, seated_on=before.starts_on)
    TrioSeat.objects.create(program_year=before, trio=kept, membership=two, seated_on=before.starts_on)
    assert person_of(cast, one).last_trio == str(told.pk)
    assert person_of(cast, two).last_trio == ""
    assert person_of(cast, three).last_trio == ""


def test_free_half_days_are_those_of_the_coming_weeks_that_leave_room_for_a_visit(cast):
    one, two, three = crowd(cast, 3)
    # Monday mornings, and Tuesday for an hour only.
    say_weekly_hours(by=one.leader.user, hours=[WeeklyHours(0, 8 * 60, 12 * 60), WeeklyHours(1, 540, 600)])
    say_weekly_hours(by=two.leader.user, hours=[WeeklyHours(4, 12 * 60, 16 * 60 + 30)])
    mine, hers = person_of(cast, one).free, person_of(cast, two).free
    assert len(mine) == 4
    assert {number % 2 for number in mine} == {0}, "mornings"
    assert len(hers) == 4
    assert {number % 2 for number in hers} == {1}, "afternoons"
    assert person_of(cast, three).free == frozenset(), "who said nothing costs nobody anything"


def test_driving_minutes_of_the_district_are_the_rules_own(cast):
    one, two = (member.leader.current_post.school for member in crowd(cast, 2))
    assert minutes_table(cast.year) is None
    TravelMinutes.objects.create(district=cast.district, one=one, other=two, minutes=31)
    assert rules_of(cast.year).minutes == {(str(one.pk), str(two.pk)): 31}
    choose(cast, cast.members["participant"])
    assert rules_of(cast.year, seed=4).seed == 4
