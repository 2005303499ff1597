"""Sixty people at the door in the same minutes, on a real database: nobody is lost, nobody is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts import hours
from cohorts.models import LearningSession
from cohorts.services.sessions import attendance
from cohorts.services.sessions.attendance import ARRIVE, LEAVE, code_now
from tests.cast import Cast, join, make_cast, make_leader
from tests.cohorts.sessions.builders import running_session

# Threads need a database that takes several connections; SQLite in a test is one connection's memory.
pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 60
SECONDS = 120


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def session(cast) -> LearningSession:
    return running_session(cast)


@pytest.fixture
def crowd(cast, session) -> list:
    """Memberships of sixty people, beside the cast's own."""
    leaders = [make_leader(cast.district, f"p{n}@example.ca", f"P {n:02}") for n in range(PEOPLE)]
    return [join(cast.cohort, leader) for leader in leaders]


def side_by_side(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Each act in a thread and on a connection of its own; what one raises is raised here."""

    def one(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    acts = list(acts)
    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(one, act) for act in acts]]


def phones(crowd: list) -> list[Client]:
    found = []
    for member in crowd:
        client = Client()
        client.force_login(member.leader.user, backend="django.contrib.auth.backends.ModelBackend")
        found.append(client)
    return found


def tap(client: Client, session: LearningSession, move: str) -> int:
    code = code_now(session, move, timezone.now())
    return client.post(reverse("cohorts:arrive", args=[session.pk]), {"move": move, "code": code}).status_code


def test_sixty_people_who_all_tap_twice_at_once(session, crowd):
    """Two phones a person, held back until both are about to send, so that each pair meets."""
    first, second, gate = phones(crowd), phones(crowd), Barrier(2)

    def all_of(clients: list[Client], move: str) -> list[int]:
        answers = []
        for client in clients:
            gate.wait(60)
            answers.append(tap(client, session, move))
        return answers

    for move in (ARRIVE, LEAVE):
        began = timezone.now()
        one, two = side_by_side([lambda m=move: all_of(first, m), lambda m=move: all_of(second, m)])
        assert (timezone.now() - began).total_seconds() < SECONDS
        # 302: noted. 200: the page again, with a sentence.
        assert Counter(tuple(sorted(pair)) for pair in zip(one, two, strict=True)) == {(200, 302): PEOPLE}
        assert session.attendance.count() == PEOPLE
        assert len(hours.of_session(session)) == PEOPLE
    assert not session.attendance.filter(left_at=None).exists()


def test_the_facilitator_ticks_everybody_while_they_arrive(cast, session, crowd):
    """The roll is ticked again and again while sixty phones note arriving: the first of each stands."""

    def tick() -> list[int]:
        by = {"by": cast.facilitator, "session": session}
        return [attendance.tick_many(**by, memberships=crowd[:size]) for size in range(5, PEOPLE + 1, 5)]

    clients = phones(crowd)
    ticked, answers = side_by_side([tick, lambda: [tap(each, session, ARRIVE) for each in clients]])
    assert session.attendance.count() == PEOPLE
    assert set(session.attendance.values_list("membership_id", flat=True)) == {each.pk for each in crowd}
    assert sum(ticked) == session.attendance.filter(how="tick").count() == answers.count(200)


def test_one_persons_tick_and_her_code_in_the_same_moment(cast, session, crowd):
    gate, few = Barrier(2), crowd[:20]
    clients = phones(few)

    def tick() -> None:
        for member in few:
            gate.wait(60)
            attendance.tick(
                by=cast.facilitator, session=session, membership=member, arrived_at=session.starts_at
            )

    def arrive() -> None:
        for client in clients:
            gate.wait(60)
            tap(client, session, ARRIVE)

    side_by_side([tick, arrive])
    # Whichever came first, what the facilitator says of the whole session stands.
    assert session.attendance.count() == len(few)
    assert set(session.attendance.values_list("how", flat=True)) == {"tick"}
