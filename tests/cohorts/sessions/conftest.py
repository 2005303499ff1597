"""A session of the cast that is held on a day of its own, with the clock standing in the middle of it."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from cohorts.models import LearningSession

STARTS = datetime.datetime(2026, 11, 17, 16, tzinfo=datetime.UTC)  # 9:00 in Edmonton
ENDS = datetime.datetime(2026, 11, 17, 19, tzinfo=datetime.UTC)


@pytest.fixture
def session(cast) -> LearningSession:
    return LearningSession.objects.create(
        program_year=cast.year,
        number=2,
        title="Giving feedback",
        starts_at=STARTS,
        ends_at=ENDS,
        host=cast.schools[2],
        place="Library",
    )


@pytest.fixture
def during():
    """The clock an hour into the session; `travel.shift` moves it."""
    with time_machine.travel(STARTS + datetime.timedelta(hours=1), tick=False) as travel:
        yield travel
