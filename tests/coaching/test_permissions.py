"""Who may settle a time, and what has no place in a calendar."""

from __future__ import annotations

import pytest

from coaching.calendar import entry_of
from coaching.models import CoachingSession
from coaching.permissions import may_confirm_early
from cohorts.models import TrioSeat
from tests.coaching.meetings import at, make_meeting, seat

State = CoachingSession.State


@pytest.fixture
def proposed(cast) -> CoachingSession:
    return make_meeting(cast, state=State.PROPOSED)


def test_who_proposed_may_settle_it_and_the_others_wait_for_the_answers(cast, proposed):
    assert may_confirm_early(cast.participant, proposed)
    assert not may_confirm_early(cast.mate, proposed)
    assert not may_confirm_early(cast.lead, proposed)


def test_when_who_proposed_has_left_each_member_may_settle_it(cast, proposed):
    TrioSeat.objects.filter(pk=seat(cast, "participant").pk).update(left_on=at(2).date())
    assert may_confirm_early(cast.mate, proposed)
    assert not may_confirm_early(cast.participant, proposed)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.HELD, State.CANCELLED])
def test_what_is_settled_is_not_settled_again(cast, proposed, state):
    proposed.state = state
    assert not may_confirm_early(cast.participant, proposed)


def test_a_meeting_without_a_time_stands_in_no_calendar(cast, proposed):
    with pytest.raises(ValueError, match="without a time"):
        entry_of(proposed)
