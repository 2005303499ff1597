"""A year generated and a session moved, with every refusal and its sentence, also in the admin's form."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cohorts.calendar import for_cohort
from cohorts.models import AgendaItem, AgendaRules, Attendance, LearningSession
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.years import Wish, generate_year, move_session, propose
from leaderdev.common.calendar_ledger import stamped
from leaderdev.common.models import CalendarItem, OutgoingMail
from tests.cast import Cast, make_school

pytestmark = pytest.mark.django_db
WISH = Wish(
    count=6,
    interval=35,
    weekday=3,
    starts=datetime.time(9),
    ends=datetime.time(12),
    first=datetime.date(2026, 9, 24),
)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def empty(cast) -> Cast:
    """The cast's year without its session."""
    cast.year.learning_sessions.all().delete()
    return cast


def test_six_sessions_five_weeks_apart_at_nine_by_the_districts_clock(empty):
    made = generate_year(by=empty.lead, year=empty.year, wish=WISH)
    assert [each.starts_at.isoformat() for each in made] == [
        "2026-09-24T09:00:00-06:00",
        "2026-10-29T09:00:00-06:00",
        "2026-12-03T09:00:00-07:00",
        "2027-01-07T09:00:00-07:00",
        "2027-02-11T09:00:00-07:00",
        "2027-03-18T09:00:00-06:00",
    ]
    assert [each.number for each in made] == [1, 2, 3, 4, 5, 6]
    assert {each.minutes for each in made} == {180}


def test_every_school_hosts_once_before_one_hosts_again(empty):
    made = generate_year(by=empty.lead, year=empty.year, wish=WISH)
    assert [each.host.name for each in made] == ["School 101", "School 102", "School 103"] * 2
    more = make_school(empty.district, "104")
    rows = propose(year=empty.year, wish=replace(WISH, count=1)).hosts
    assert rows == [more]


def test_days_without_school_are_avoided_and_far_gaps_named(empty):
    empty.year.calendar.no_school_days.create(first_day="2026-10-26", last_day="2026-11-13", name="Break")
    proposal = propose(year=empty.year, wish=WISH)
    away = (datetime.date(2026, 10, 26), datetime.date(2026, 11, 13))
    assert all(not away[0] <= day <= away[1] for day in proposal.days.days)
    AgendaRules.objects.create(cohort=empty.cohort, interval_least=36, interval_most=40)
    rows = propose(year=empty.year, wish=WISH).rows
    assert rows[0]["gap"] is None
    assert any(row["outside"] for row in rows)


def test_a_year_with_too_few_days_says_so_and_stores_nothing(empty):
    wish = replace(WISH, first=datetime.date(2027, 6, 15))
    with pytest.raises(RefusedError, match="there are 2 such school days, fewer than the 6 sessions"):
        generate_year(by=empty.lead, year=empty.year, wish=wish)
    assert not empty.year.learning_sessions.exists()


def test_what_meets_a_session_that_is_there_is_refused_whole(cast):
    wish = replace(WISH, first=datetime.date(2026, 9, 17))
    with pytest.raises(
        RefusedError, match=("This cohort meets at that time already: Opening session, Thursday 17 Sep")
    ):
        generate_year(by=cast.lead, year=cast.year, wish=wish)
    assert cast.year.learning_sessions.count() == 1


def test_later_sessions_take_the_free_numbers(cast):
    made = generate_year(by=cast.lead, year=cast.year, wish=replace(WISH, count=2))
    assert [each.number for each in made] == [2, 3]


@pytest.mark.parametrize("who", ["facilitator", "participant", "researcher"])
def test_only_who_configures_plans_the_year(empty, who):
    with pytest.raises(PermissionDenied):
        generate_year(by=getattr(empty, who), year=empty.year, wish=WISH)


def test_a_closed_year_is_not_planned(empty, session):
    empty.year.state = "closed"
    empty.year.save()
    with pytest.raises(PermissionDenied):
        generate_year(by=empty.lead, year=empty.year, wish=WISH)
    with pytest.raises(RefusedError, match="closed"):
        move_session(
            by=empty.lead, session=session, starts_at=session.starts_at + HOUR, ends_at=session.ends_at
        )


def test_moving_one_leaves_the_others_and_tells_everybody_else(cast, session):
    others = list(cast.year.learning_sessions.exclude(pk=session.pk).values("starts_at", "number"))
    day = datetime.timedelta(days=1)
    AgendaItem.objects.create(session=session, title="Feedback", minutes=60)
    moved = move_session(
        by=cast.lead,
        session=session,
        starts_at=session.starts_at + day,
        ends_at=session.ends_at + day,
        host=cast.schools[1],
        place="Gym",
    )
    assert (moved.revision, moved.place, moved.items.count()) == (1, "Gym", 1)
    assert list(cast.year.learning_sessions.exclude(pk=session.pk).values("starts_at", "number")) == others
    letters = OutgoingMail.objects.filter(kind="session_moved").order_by("to_address")
    # A researcher asks for an invitation of her own.
    everybody = ("lead", "facilitator", "participant", "mate", "third", "bystander")
    assert {each.to_address for each in letters} == {getattr(cast, name).email for name in everybody}
    assert "METHOD:REQUEST" in letters[0].calendar
    assert "SEQUENCE:1" in letters[0].calendar
    assert "Now: Wednesday 18 November, 9:00–12:00" in letters[0].body_text
    assert "Before: Tuesday 17 November" in letters[0].body_text
    assert "Where: School 101, Gym" in letters[0].body_text


def test_a_feed_shows_a_moved_session_as_the_invitation_told_it(cast, session):
    """One thing under one key: were the two written differently, each reading would change it."""
    hour = datetime.timedelta(hours=1)
    moved = move_session(
        by=cast.lead, session=session, starts_at=session.starts_at + hour, ends_at=session.ends_at + hour
    )
    row = CalendarItem.objects.filter(key=f"session-{moved.pk}")
    told = row.values("scope", "sequence", "stamped_at", "told")
    as_invited = told.get()

    since = moved.starts_at - datetime.timedelta(days=1)
    stamped(for_cohort(cast.cohort, since).entries, now=since)

    assert told.get() == as_invited


def test_moving_to_where_it_is_already_tells_nobody(cast, session):
    same = {
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "host": session.host,
        "place": "Library",
    }
    assert move_session(by=cast.lead, session=session, **same).revision == 0
    assert not OutgoingMail.objects.exists()


def test_a_year_that_is_being_set_up_moves_silently(cast, session):
    cast.year.state = "draft"
    cast.year.save()
    move_session(
        by=cast.lead, session=session, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR
    )
    assert not OutgoingMail.objects.exists()


def instant(*args: int) -> datetime.datetime:
    return datetime.datetime(*args, tzinfo=datetime.UTC)


REFUSED = [
    (
        "no school",
        instant(2026, 11, 11, 16),
        instant(2026, 11, 11, 19),
        "There is no school on Wednesday 11 November 2026: Remembrance Day.",
    ),
    (
        "weekend",
        instant(2026, 11, 14, 16),
        instant(2026, 11, 14, 19),
        "There is no school on Saturday 14 November 2026.",
    ),
    (
        "overlap",
        instant(2026, 9, 17, 17),
        instant(2026, 9, 17, 20),
        "This cohort meets at that time already: Opening session, Thursday 17 September, 9:00–12:00.",
    ),
    (
        "before the year",
        instant(2026, 8, 20, 16),
        instant(2026, 8, 20, 19),
        "Thursday 20 August 2026 is before the program year, which begins on Monday 24 August 2026.",
    ),
    (
        "after the year",
        instant(2027, 7, 8, 16),
        instant(2027, 7, 8, 19),
        "Thursday 8 July 2027 is after the program year, which ends on Wednesday 30 June 2027.",
    ),
    (
        "too short for its agenda",
        instant(2026, 11, 18, 16),
        instant(2026, 11, 18, 18),
        "The agenda takes 150 minutes, the session would have 120. Shorten the agenda first.",
    ),
    (
        "over midnight",
        instant(2026, 11, 18, 16),
        instant(2026, 11, 19, 16),
        "A session ends on the day it begins. Enter each day as a session of its own.",
    ),
]


each_refusal = pytest.mark.parametrize(
    ("starts", "ends", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)


@pytest.fixture
def planned(cast, session) -> LearningSession:
    cast.year.calendar.no_school_days.create(
        first_day="2026-11-11", last_day="2026-11-11", name="Remembrance Day"
    )
    AgendaItem.objects.create(session=session, title="Feedback", minutes=150)
    AgendaItem.objects.create(session=session, title="Taken off", minutes=500, removed_at=session.starts_at)
    return session


@each_refusal
def test_where_a_session_cannot_be_moved(cast, planned, starts, ends, sentence):
    with pytest.raises(RefusedError) as caught:
        move_session(by=cast.lead, session=planned, starts_at=starts, ends_at=ends)
    assert caught.value.sentences == [sentence]
    planned.refresh_from_db()
    assert (planned.starts_at.day, planned.revision, planned.place) == (17, 0, "Library")


@each_refusal
def test_the_admins_form_says_the_same(client, cast, planned, starts, ends, sentence):
    client.force_login(cast.manager)
    winter = instant(2026, 11, 1) < starts < instant(2027, 3, 14)
    here = datetime.timedelta(hours=-7 if winter else -6)
    data = {
        "number": 2,
        "title": "Giving feedback",
        "starts_at_0": f"{starts + here:%Y-%m-%d}",
        "starts_at_1": f"{starts + here:%H:%M}",
        "ends_at_0": f"{ends + here:%Y-%m-%d}",
        "ends_at_1": f"{ends + here:%H:%M}",
        "host": cast.schools[2].pk,
        "place": "Library",
    }
    page = client.post(reverse("admin:cohorts_learningsession_change", args=[planned.pk]), data)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert 'value="Giving feedback"' in page.content.decode()


def test_a_session_that_people_have_arrived_at_stays_where_it_is(cast, session):
    Attendance.objects.create(
        session=session, membership=cast.members["mate"], arrived_at=session.starts_at, how="code"
    )
    with pytest.raises(RefusedError, match="People have arrived at this session already"):
        move_session(
            by=cast.lead, session=session, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR
        )
    # Another room is no other time.
    assert (
        move_session(
            by=cast.lead, session=session, starts_at=session.starts_at, ends_at=session.ends_at, place="Gym"
        ).place
        == "Gym"
    )


def test_a_holiday_entered_later_lets_the_session_be_corrected(cast, session):
    cast.year.calendar.no_school_days.create(first_day="2026-11-17", last_day="2026-11-17", name="Storm day")
    session.title = "Feedback that helps"
    session.full_clean()
    session.starts_at += HOUR
    with pytest.raises(ValidationError):
        session.full_clean()
