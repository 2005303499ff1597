"""Any sequence of edits, clock moves and crashes ends with the mails that a perfect scheduler had sent.

The perfect scheduler is a few lines: it looks at what is true and sends what is due and was not sent, never
failing. The real one loses its worker in the middle of a batch and is asked by two clocks.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
from collections import Counter
from dataclasses import dataclass

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coaching.models import CoachingSession
from cohorts.models import LearningSession
from growthplans.models import CheckIn
from leaderdev.accounts.models import User
from leaderdev.reminders.book import Book
from leaderdev.reminders.clock import is_allowed
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import CohortMail, KindChoice, Reminder
from leaderdev.reminders.services import claiming, sending
from leaderdev.reminders.services.finding import cells, find_due, people_of
from leaderdev.reminders.services.round import one_round
from tests.cast import Cast, make_cast, make_plan
from tests.coaching.meetings import make_meeting

KINDS = [by_name(name) for name in ("session_ahead", "meeting_ahead", "check_in")]
# Through the change of the clocks on Sunday 1 November 2026, in the cast's zone.
START = dt.datetime(2026, 10, 28, 6, 30, tzinfo=dt.UTC)
STEP = dt.timedelta(hours=1)
ZONE = "America/Edmonton"
DAYS = 8
# Both sides of every moment at which mail may begin or cease to leave (7:30 and 19:00 in Edmonton, in summer
# and in winter time), noon and deep night. The other hours differ in nothing; an edit brings its own.
LOOKED_AT = {9, 13, 14, 15, 19, 0, 1, 2}


class WorkerDiedError(Exception):
    """Stands for a kill in the middle of a batch: nothing after it happens."""


PEOPLE = st.sampled_from(["participant", "mate", "third"])
NAMES = st.sampled_from([kind.name for kind in KINDS])
EVENTS = st.one_of(
    st.tuples(st.just("move"), st.integers(1, 8), st.integers(6, 20)),
    st.tuples(st.just("meet"), st.integers(1, 8), st.integers(6, 20)),
    st.tuples(st.just("call off"), st.booleans()),
    st.tuples(st.just("check in by"), st.integers(-3, 12)),
    st.tuples(st.just("checked in"), st.booleans()),
    st.tuples(st.just("stop"), PEOPLE, NAMES),
    st.tuples(st.just("want"), PEOPLE, NAMES),
    st.tuples(st.just("off"), PEOPLE),
    st.tuples(st.just("on"), PEOPLE),
    st.tuples(st.just("crash"), st.integers(0, 3)),
    st.tuples(st.just("two rounds")),
    st.tuples(st.just("clock back"), st.integers(1, 90)),
)
PLANS = st.lists(st.tuples(st.integers(0, DAYS * 24 - 1), EVENTS), max_size=8)


@dataclass
class World:
    """A learning session, a talk of the trio and a check-in of the participant's plan."""

    cast: Cast
    session: LearningSession
    meeting: CoachingSession
    check_in: CheckIn


def day(number: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(START.date() + dt.timedelta(days=number), dt.time(hour), dt.UTC)


def apply(event: tuple, world: World) -> None:
    """An edit that somebody makes."""
    match event:
        case "move", number, hour:
            world.session.starts_at = day(number, hour)
            world.session.ends_at = day(number, hour) + dt.timedelta(hours=3)
            world.session.save()
        case "meet", number, hour:
            world.meeting.starts_at = day(number, hour)
            world.meeting.ends_at = day(number, hour) + dt.timedelta(hours=1)
            world.meeting.save()
        case "call off", off:
            world.meeting.state = "cancelled" if off else "confirmed"
            world.meeting.save()
        case "check in by", number:
            world.check_in.due_on = day(number, 0).date()
            world.check_in.save()
        case "checked in", done:
            held = (
                {"state": "held", "held_on": START.date()} if done else {"state": "planned", "held_on": None}
            )
            CheckIn.objects.filter(pk=world.check_in.pk).update(**held)
            world.check_in.refresh_from_db()
        case ("stop" | "want") as what, name, kind:
            KindChoice.objects.update_or_create(
                person=getattr(world.cast, name), kind=kind, defaults={"wanted": what == "want"}
            )
        case ("off" | "on") as what, name:
            User.objects.filter(pk=getattr(world.cast, name).pk).update(is_active=what == "on")


def perfect(now: dt.datetime, sent: set, refused: set, found: set) -> None:
    """What is due now, wanted and not sent is sent, unless it is night."""
    book = Book()
    for kind in KINDS:
        for cell in cells(kind, now=now, horizon=now, book=book):
            school = book.year(cell.years[0]).school
            leaves = is_allowed(now, ZONE, school, cell.windows[ZONE].thing_on)
            for person, subject, stopped in people_of(cell, now).values_list(
                "r_person", "r_subject", "r_stopped"
            ):
                key = (kind.name, person, subject, cell.occasion)
                if key in sent or key in refused:
                    continue
                # A choice counts in the moment in which it falls due, and in the moment in which it leaves.
                if stopped and (leaves or key not in found):
                    refused.add(key)
                elif leaves:
                    sent.add(key)
                found.add(key)


@pytest.fixture
def world(db) -> World:
    with time_machine.travel(START, tick=False):
        cast = make_cast()
        plan = make_plan(cast)
        CheckIn.objects.exclude(plan=plan, kind="middle").delete()
        check_in, _ = CheckIn.objects.update_or_create(
            plan=plan, kind="middle", defaults={"due_on": "2026-11-09", "first_due_on": "2026-11-09"}
        )
        check_in.refresh_from_db()
        meeting = make_meeting(cast, starts_at=day(7, 22), ends_at=day(7, 23))
    session = LearningSession.objects.create(
        program_year=cast.year,
        number=9,
        title="Talk",
        starts_at=dt.datetime(2026, 11, 3, 16, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 11, 3, 19, tzinfo=dt.UTC),
    )
    return World(cast, session, meeting, check_in)


# The world is made once: each plan plays in a savepoint of it and on rows of its own.
@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(plan=PLANS)
def test_the_same_mails_as_a_perfect_scheduler(world, plan):
    with transaction.atomic():
        check(copy.deepcopy(world), plan)
        transaction.set_rollback(True)


def test_left_alone_every_kind_is_sent(world):
    sent = check(world, [])
    assert {key[0] for key in sent} == {kind.name for kind in KINDS}


def check(world: World, plan: list) -> set:
    """Play the plan on both; what both have sent."""
    mail.outbox.clear()
    by_step: dict[int, list] = {}
    for step, event in plan:
        by_step.setdefault(step, []).append(event)
    sent: set = set()
    refused: set = set()
    found: set = set()
    for step in range(DAYS * 24):
        now = START + STEP * step
        events = by_step.get(step, [])
        if not events and now.hour not in LOOKED_AT:
            continue
        for event in events:
            apply(event, world)
        kinds = [event[0] for event in events]
        perfect(now, sent, refused, found)
        with time_machine.travel(now, tick=False):
            if "clock back" in kinds:
                back = next(event[1] for event in events if event[0] == "clock back")
                find_due(now=now - dt.timedelta(minutes=back), kinds=KINDS)
            if "crash" in kinds:
                crash(next(event[1] for event in events if event[0] == "crash"))
                # The lease ends before the next step; the next round of this minute finds the rest.
                Reminder.objects.filter(state="claimed").update(lease_until=now)
            for _ in range(2 if "two rounds" in kinds else 1):
                one_round(KINDS)
    real = Counter(
        Reminder.objects.filter(state="sent").values_list("kind", "person_id", "subject", "occasion")
    )
    assert real == Counter(sent)
    # Each went out once; no crash fell between acceptance and record here.
    assert len(mail.outbox) == len(sent)
    assert not CohortMail.objects.exists()
    return sent


def crash(after: int) -> None:
    """A round whose worker dies before its mail number `after` is handed over."""
    find_due(now=claiming.timezone.now(), kinds=KINDS)
    real, count = sending.send, 0

    def send(*args, **kwargs):
        nonlocal count
        if count == after:
            raise WorkerDiedError
        count += 1
        return real(*args, **kwargs)

    sending.send = send
    try:
        # With fewer mails than that the round ends in peace, which is no failure of the model.
        with contextlib.suppress(WorkerDiedError):
            sending.deliver_due()
    finally:
        sending.send = real
