"""Any sequence of edits, clock moves and crashes ends with the mails that a perfect scheduler had sent.

The perfect scheduler is a few lines: it looks at what is true and sends what is due and was not sent, never
failing. The real one loses its worker in the middle of a batch and is asked by two clocks.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.models import LearningSession
from leaderdev.accounts.models import User
from leaderdev.reminders.book import Book
from leaderdev.reminders.clock import ALWAYS, is_allowed
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.models import CohortMail, KindChoice, Reminder
from leaderdev.reminders.services import claiming, sending
from leaderdev.reminders.services.finding import cells, find_due, people_of
from leaderdev.reminders.services.round import one_round
from tests.cast import make_cast

KIND = by_name("session_ahead")
# Through the change of the clocks on Sunday 1 November 2026, in the cast's zone.
START = dt.datetime(2026, 10, 28, 6, 30, tzinfo=dt.UTC)
STEP = dt.timedelta(hours=1)
ZONE = "America/Edmonton"
DAYS = 8


class WorkerDiedError(Exception):
    """Stands for a kill in the middle of a batch: nothing after it happens."""


EVENTS = st.one_of(
    st.tuples(st.just("move"), st.integers(1, 8), st.integers(6, 20)),
    st.tuples(st.just("stop"), st.sampled_from(["mate", "third"])),
    st.tuples(st.just("want"), st.sampled_from(["mate", "third"])),
    st.tuples(st.just("off"), st.sampled_from(["mate", "third"])),
    st.tuples(st.just("on"), st.sampled_from(["mate", "third"])),
    st.tuples(st.just("crash"), st.integers(0, 3)),
    st.tuples(st.just("two rounds")),
    st.tuples(st.just("clock back"), st.integers(1, 90)),
)
PLANS = st.lists(st.tuples(st.integers(0, DAYS * 24 - 1), EVENTS), max_size=8)


def apply(event: tuple, cast, session: LearningSession) -> None:
    """An edit that somebody makes."""
    what = event[0]
    if what == "move":
        day = START.date() + dt.timedelta(days=event[1])
        session.starts_at = dt.datetime.combine(day, dt.time(event[2]), dt.UTC)
        session.ends_at = session.starts_at + dt.timedelta(hours=3)
        session.save()
    elif what in ("stop", "want"):
        KindChoice.objects.update_or_create(
            person=getattr(cast, event[1]), kind=KIND.name, defaults={"wanted": what == "want"}
        )
    elif what in ("off", "on"):
        User.objects.filter(pk=getattr(cast, event[1]).pk).update(is_active=what == "on")


def perfect(now: dt.datetime, sent: set, refused: set, found: set) -> None:
    """What is due now, wanted and not sent is sent, unless it is night."""
    for cell in cells(KIND, now=now, horizon=now, book=Book()):
        for person, stopped in people_of(cell, now).values_list("r_person", "r_stopped"):
            key = (person, cell.occasion)
            if key in sent or key in refused:
                continue
            # A choice counts in the moment in which it falls due, and in the moment in which it leaves.
            leaves = is_allowed(now, ZONE, ALWAYS, cell.windows[ZONE].thing_on)
            if stopped and (leaves or key not in found):
                refused.add(key)
            elif leaves:
                sent.add(key)
            found.add(key)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(PLANS)
def test_the_same_mails_as_a_perfect_scheduler(plan):
    with transaction.atomic():
        check(plan)
        transaction.set_rollback(True)


def check(plan: list) -> None:
    with time_machine.travel(START, tick=False):
        cast = make_cast()
    session = LearningSession.objects.create(
        program_year=cast.year,
        number=9,
        title="Talk",
        starts_at=dt.datetime(2026, 11, 3, 16, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 11, 3, 19, tzinfo=dt.UTC),
    )
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
        for event in events:
            apply(event, cast, session)
        kinds = [event[0] for event in events]
        perfect(now, sent, refused, found)
        with time_machine.travel(now, tick=False):
            if "clock back" in kinds:
                back = next(event[1] for event in events if event[0] == "clock back")
                find_due(now=now - dt.timedelta(minutes=back), kinds=[KIND])
            if "crash" in kinds:
                crash(next(event[1] for event in events if event[0] == "crash"))
                # The lease ends before the next step; the next round of this minute finds the rest.
                Reminder.objects.filter(state="claimed").update(lease_until=now)
            for _ in range(2 if "two rounds" in kinds else 1):
                one_round([KIND])
    real = Counter(Reminder.objects.filter(state="sent").values_list("person_id", "occasion"))
    assert real == Counter(sent)
    # Each went out once; no crash fell between acceptance and record here.
    assert len(mail.outbox) == len(sent)
    assert not CohortMail.objects.exists()


def crash(after: int) -> None:
    """A round whose worker dies before its mail number `after` is handed over."""
    find_due(now=claiming.timezone.now(), kinds=[KIND])
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
