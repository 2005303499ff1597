"""A learning session of the cast, ahead of a frozen day."""

from __future__ import annotations

import datetime as dt

import pytest

from cohorts.models import LearningSession

# A Thursday; the cast's people live in Edmonton, where it is 9 o'clock.
SESSION = dt.datetime(2027, 1, 14, 16, tzinfo=dt.UTC)
WEEK_BEFORE = dt.datetime(2027, 1, 7, 14, 30, tzinfo=dt.UTC)
DAY_BEFORE = dt.datetime(2027, 1, 13, 14, 30, tzinfo=dt.UTC)


@pytest.fixture
def session(cast) -> LearningSession:
    return LearningSession.objects.create(
        program_year=cast.year,
        number=4,
        title="Coaching conversations",
        starts_at=SESSION,
        ends_at=SESSION + dt.timedelta(hours=6),
        host=cast.schools[2],
        place="library",
    )
