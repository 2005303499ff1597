"""What a session asks of each person, and when."""

from __future__ import annotations

import datetime

import pytest

from cohorts.models import AgendaItem, LookBack
from cohorts.todo_sessions import tasks_for
from leaderdev.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def titles(user, now) -> list[str]:
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), now)]


def test_preparing_arriving_building_and_looking_back(cast, session):
    early, eve, later = session.starts_at - 15 * DAY, session.starts_at - DAY, session.ends_at + DAY
    assert titles(cast.participant, eve) == []
    assert titles(cast.facilitator, early) == []
    assert titles(cast.facilitator, eve) == ["“Giving feedback” has no agenda yet"]
    AgendaItem.objects.create(session=session, title="Feedback", minutes=60)
    assert titles(cast.participant, eve) == []
    AgendaItem.objects.create(session=session, title="Practice", minutes=60, preparation="One talk you had")
    (task,) = tasks_for(User.objects.get(pk=cast.participant.pk), eve)
    assert (task.title, task.note, task.due) == (
        "Prepare for “Giving feedback”",
        "One talk you had",
        "Tuesday 17 November (tomorrow)",
    )
    assert titles(cast.facilitator, eve) == []
    assert titles(cast.participant, session.starts_at) == ["You are at “Giving feedback”: note your arrival"]
    assert titles(cast.participant, later) == []
    assert titles(cast.facilitator, later) == ["Look back on “Giving feedback”"]
    LookBack.objects.create(session=session, by=cast.facilitator)
    assert titles(cast.facilitator, later) == []
    assert titles(cast.facilitator, later + 30 * DAY) == []
    for who in (cast.researcher, cast.manager, cast.stranger):
        assert titles(who, eve) == []
