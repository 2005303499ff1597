"""Whom the start page tells that somebody is ready and sits nowhere."""

from __future__ import annotations

import datetime

import pytest

from coaching.services.trio_proposal_publishing import publish_proposal
from coaching.todo_forming import tasks_for
from tests.coaching.forming import choose, crowd, formed

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC)


def titles(user) -> list[str]:
    user.__dict__.pop("program_standing", None)
    return [task.title for task in tasks_for(user, NOW)]


def test_a_lead_is_told_and_nobody_else(cast, time_machine):
    time_machine.move_to(NOW)
    crowd(cast, 6)
    assert titles(cast.lead) == ["6 people of Leaders 2026, 2026–27 are ready and have no trio"]
    assert [titles(user) for user in (cast.participant, cast.facilitator, cast.stranger)] == [[], [], []]
    publish_proposal(by=cast.lead, proposal=formed(cast))
    assert titles(cast.lead) == []
    choose(cast, cast.members["mate"])
    assert titles(cast.lead) == ["1 person of Leaders 2026, 2026–27 is ready and has no trio"]
    assert [task.button for task in tasks_for(cast.lead, NOW)] == ["Find a seat"]


def test_while_people_choose_nothing_is_asked_before_the_first_trios(cast, time_machine):
    time_machine.move_to(NOW)
    crowd(cast, 3)
    cast.year.selection_closes_on = datetime.date(2026, 12, 1)
    cast.year.save()
    assert titles(cast.lead) == []
