"""When people are free, by what they said, what is planned, and what the district closed."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching import busy
from coaching.availability import DAY_MINUTES, Plan, Span, WeeklyHours
from coaching.free_time import (
    closed_days,
    free_time_of,
    is_closed_at,
    seats_of,
    shared_time_of,
    suggested_times,
)
from coaching.models import Availability, BusyTime, CoachingSession, DayException, FreeHours, OwnCalendar
from coaching.services.availability import add_exception, joined, remove_exception, say_weekly_hours
from cohorts.models import LearningSession, NoSchoolDay, School
from leaderdev.common.refusals import RefusedError

EDMONTON = ZoneInfo("America/Edmonton")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=EDMONTON).astimezone(datetime.UTC)


def day_span(day: int, month: int = 11) -> Span:
    return Span(at(day, 0, month=month), at(day + 1, 0, month=month))


@pytest.fixture
def trio(cast):
    return [cast.participant, cast.mate, cast.third]


def test_who_said_nothing_is_taken_to_be_at_work(trio):
    wednesday = day_span(18)
    free = free_time_of(trio, wednesday)
    assert free == {user.pk: [Span(at(18, 8), at(18, 16, 30))] for user in trio}
    assert [seat.assumed for seat in seats_of(trio, wednesday)] == [True, True, True]


def test_what_a_person_says_replaces_it_and_touching_hours_become_one(cast, trio):
    hours = [WeeklyHours(2, 600, 660), WeeklyHours(2, 540, 600), WeeklyHours(2, 13 * 60, 14 * 60)]
    say_weekly_hours(by=cast.participant, hours=hours)
    say_weekly_hours(by=cast.participant, hours=hours)
    assert list(FreeHours.objects.values_list("weekday", "starts", "ends")) == [(2, 540, 660), (2, 780, 840)]
    free = free_time_of([cast.participant], day_span(18))[cast.participant.pk]
    assert free == [Span(at(18, 9), at(18, 11)), Span(at(18, 13), at(18, 14))]
    say_weekly_hours(by=cast.participant, hours=[])
    assert free_time_of([cast.participant], day_span(18)) == {cast.participant.pk: []}


def test_joined_hours_of_two_days_stay_apart():
    assert joined([WeeklyHours(1, 0, 60), WeeklyHours(0, 30, 90), WeeklyHours(0, 0, 30)]) == [
        WeeklyHours(0, 0, 90),
        WeeklyHours(1, 0, 60),
    ]


def test_exceptions_close_and_open(cast):
    me = cast.participant
    add_exception(
        by=me, first_day=datetime.date(2026, 11, 18), last_day=datetime.date(2026, 11, 18), ends=720
    )
    evening = add_exception(
        by=me,
        first_day=datetime.date(2026, 11, 18),
        last_day=datetime.date(2026, 11, 19),
        starts=19 * 60,
        ends=20 * 60,
        is_free=True,
    )
    # The usual hours stand: an exception says nothing about other days.
    assert free_time_of([me], day_span(18))[me.pk] == [
        Span(at(18, 12), at(18, 16, 30)),
        Span(at(18, 19), at(18, 20)),
    ]
    assert remove_exception(by=cast.mate, pk=evening.pk) is None
    assert remove_exception(by=me, pk=evening.pk) == evening
    assert free_time_of([me], day_span(19))[me.pk] == [Span(at(19, 8), at(19, 16, 30))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": datetime.date(2026, 11, 17)},
        {"starts": 600, "ends": 600},
        {"starts": -1},
        {"ends": DAY_MINUTES + 1},
    ],
)
def test_an_exception_that_makes_no_sense_is_refused(cast, wrong):
    day = datetime.date(2026, 11, 18)
    with pytest.raises(RefusedError):
        add_exception(by=cast.participant, **{"first_day": day, "last_day": day, **wrong})
    assert not Availability.objects.exists()


def test_there_is_an_end_to_exceptions(cast, monkeypatch):
    monkeypatch.setattr("coaching.services.availability.MOST_EXCEPTIONS", 1)
    day = datetime.date(2026, 11, 18)
    add_exception(by=cast.participant, first_day=day, last_day=day)
    with pytest.raises(RefusedError, match="1 exceptions already"):
        add_exception(by=cast.participant, first_day=day, last_day=day)


def test_what_is_planned_takes_time(cast, trio):
    me, mate, third = trio
    own = OwnCalendar.objects.create(user=me)
    BusyTime.objects.create(calendar=own, starts_at=at(18, 9), ends_at=at(18, 10))
    LearningSession.objects.create(
        program_year=cast.year, number=2, title="Second", starts_at=at(18, 13), ends_at=at(18, 15)
    )
    CoachingSession.objects.create(
        trio=cast.trio,
        state="confirmed",
        round_number=1,
        starts_at=at(18, 10, 30),
        ends_at=at(18, 11),
        organizer=cast.members["mate"],
        proposed_at=timezone.now(),
    )
    found = busy.busy_times([user.pk for user in trio], day_span(18))
    both = [Span(at(18, 13), at(18, 15)), Span(at(18, 10, 30), at(18, 11))]
    assert found == {me.pk: [Span(at(18, 9), at(18, 10)), *both], mate.pk: both, third.pk: both}
    assert free_time_of([me], day_span(18))[me.pk] == [
        Span(at(18, 8), at(18, 9)),
        Span(at(18, 10), at(18, 10, 30)),
        Span(at(18, 11), at(18, 13)),
        Span(at(18, 15), at(18, 16, 30)),
    ]


def test_the_district_closes_days_and_the_summer(cast, trio):
    year = cast.year
    NoSchoolDay.objects.create(
        calendar=year.calendar,
        first_day=datetime.date(2026, 11, 11),
        last_day=datetime.date(2026, 11, 11),
        kind="pd_day",
        name="Professional development",
    )
    assert shared_time_of(trio, day_span(11), year=year) == []
    assert is_closed_at(year, Span(at(11, 9), at(11, 10)))
    assert not is_closed_at(year, Span(at(12, 9), at(12, 10)))
    july = Span(at(1, 0, month=7), at(9, 0, month=7))
    assert closed_days(year, july) == [july]
    year.calendar = None
    assert closed_days(year, july) == [july]
    assert closed_days(year, day_span(11)) == []
    plan = Plan(zone="America/Edmonton")
    year.calendar = cast.year.calendar
    assert suggested_times(trio, day_span(10), plan, year=year)[0].starts_at == at(10, 8)


def test_suggested_times_say_why(cast, trio):
    """Three schools, a visit: the host who has hosted least, no Monday, the way there and back included."""
    me, mate, third = trio
    for school, (lat, lng) in zip(
        cast.schools[1:], [(53.5, -113.5), (53.3, -113.5), (53.5, -113.3)], strict=True
    ):
        School.objects.filter(pk=school.pk).update(latitude=lat, longitude=lng)
    say_weekly_hours(by=me, hours=[WeeklyHours(0, 540, 720), WeeklyHours(3, 540, 900)])
    say_weekly_hours(by=mate, hours=[WeeklyHours(0, 540, 720), WeeklyHours(3, 540, 900)])
    plan = Plan(
        minutes=150,
        zone="America/Edmonton",
        travels=True,
        hosted={str(me.pk): 1},
        travelled={str(third.pk): 60},
    )
    found = suggested_times(trio, Span(at(16, 0), at(21, 0)), plan, year=cast.year)
    # Monday 9:00–12:00 is too short for 150 minutes and the drives.
    assert [(s.starts_at, s.host) for s in found] == [(at(19, 10), str(third.pk))]
    assert found[0].travel == {str(me.pk): 25, str(mate.pk): 40}
    codes = {reason.code: reason for reason in found[0].reasons}
    assert set(codes) == {"all_free", "assumed", "substitutes", "host_turn", "travel", "travels_less"}
    assert codes["assumed"].people == (str(third.pk),)
    assert codes["substitutes"].weekday == 3
    also = {me.pk: [Span(at(19, 0), at(20, 0))]}
    assert suggested_times(trio, Span(at(19, 0), at(20, 0)), plan, year=cast.year, also_busy=also) == []
    assert suggested_times([], Span(at(19, 0), at(20, 0)), plan, year=cast.year) == []


def test_only_certain_people_can_host(cast, trio):
    me = trio[0]
    plan = Plan(zone="America/Edmonton", travels=True, hosts=frozenset({str(me.pk)}))
    found = suggested_times(trio, day_span(19), plan, year=cast.year)
    assert {s.host for s in found} == {str(me.pk)}
    nobody = Plan(zone="America/Edmonton", travels=True, hosts=frozenset())
    assert suggested_times(trio, day_span(19), nobody, year=cast.year) == []


def test_a_group_may_meet_on_a_holiday_because_it_wants_to(cast, trio):
    NoSchoolDay.objects.create(
        calendar=cast.year.calendar,
        first_day=datetime.date(2026, 11, 18),
        last_day=datetime.date(2026, 11, 18),
        name="Holiday",
    )
    plan = Plan(zone="America/Edmonton")
    assert suggested_times(trio, day_span(18), plan, year=cast.year) == []
    assert suggested_times(trio, day_span(18), plan, year=cast.year, on_school_days=False)


def test_the_same_queries_for_one_and_for_many(cast, trio):
    for user in trio:
        say_weekly_hours(by=user, hours=[WeeklyHours(1, 540, 600)])
        add_exception(by=user, first_day=datetime.date(2026, 11, 18), last_day=datetime.date(2026, 11, 18))
    counts = []
    for people in (trio[:1], trio):
        with CaptureQueriesContext(connection) as caught:
            shared_time_of(people, day_span(18), year=cast.year)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    "columns",
    [{"weekday": 7}, {"starts": 60, "ends": 60}, {"ends": DAY_MINUTES + 1}, {"starts": 540}],
)
def test_hours_that_make_no_sense_cannot_be_stored(cast, columns):
    row = Availability.objects.create(user=cast.mate, said_at=timezone.now())
    FreeHours.objects.create(availability=row, weekday=0, starts=540, ends=600)
    values = {"weekday": 0, "starts": 0, "ends": 60, **columns}
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeHours.objects.create(availability=row, **values)


def test_backward_rows_cannot_be_stored(cast):
    row = Availability.objects.create(user=cast.mate, said_at=timezone.now())
    day = datetime.date(2026, 11, 18)
    for wrong in ({"last_day": day - datetime.timedelta(days=1)}, {"starts": 10, "ends": 10}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DayException.objects.create(**{"availability": row, "first_day": day, "last_day": day, **wrong})
    own = OwnCalendar.objects.create(user=cast.mate)
    with pytest.raises(IntegrityError), transaction.atomic():
        BusyTime.objects.create(calendar=own, starts_at=at(18, 9), ends_at=at(18, 9))
    assert [str(row), str(own)] == [f"Availability {row.pk}", f"Own calendar {own.pk}"]
